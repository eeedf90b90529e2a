import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { scriptedGitHub } from "../test/scripted-github.ts";
import { parseBody } from "./parse-body.ts";

describe("a body of GitHub's", () => {
  test("whole numbers that are too large for a number are exact, wherever they stand", () => {
    expect(parseBody('{"id":133735483843256321,"ids":[9007199254740993,-9007199254740993],"n": 9007199254740991}')).toEqual({ id: 133735483843256321n, ids: [9007199254740993n, -9007199254740993n], n: 9007199254740991 });
    expect(parseBody('{"text":"id: 133735483843256321, 1","share":0.1234567890123456,"far":1e300}')).toEqual({ text: "id: 133735483843256321, 1", share: 0.1234567890123456, far: 1e300 });
  });

  test("everything else is as JSON has it", () => {
    const rounded = (value: unknown): unknown => JSON.parse(JSON.stringify(value, (_key, one: unknown) => (typeof one === "bigint" ? Number(one) : one)));
    fc.assert(fc.property(fc.json(), (text) => expect(rounded(parseBody(text))).toEqual(rounded(JSON.parse(text)))));
  });
});

test("an answer that came whole is read by it; one that breaks off is asked for again", async () => {
  const { github, seen, time } = scriptedGitHub([{ text: '{"id":133735' }, { text: '{"id":133735483843256321,"name":"web"}' }]);
  expect(await time.run(github.get({ path: "/orgs/octo/hooks/1/deliveries/133735483843256321" }, { purpose: "live", kind: "delivery" }))).toMatchObject({ is: "found", data: { id: 133735483843256321n, name: "web" } });
  expect(seen).toHaveLength(2);
});
