import { expect, test } from "@jest/globals";
import type { Json, Memo } from "../shapes/shaping.ts";
import { serialize } from "./serialize.ts";

const user = { login: "ada", name: "Zoë \u0001 \"quoted\"" };
const repository = { name: "open", owner: user };
const memo: Memo = new Map([["user", new Map<object, Json>([[{}, user]])], ["repository", new Map<object, Json>([[{}, repository]])]]);

test.each<[string, unknown]>([
  ["a list", [{ user, head: { repo: repository }, base: { repo: repository } }, { user, labels: [], at: null, n: 1 }]],
  ["a list beside its count", { total_count: 2, items: [repository, { repository, inner: { deeper: { deepest: { user } } } }] }],
  ["nothing repeated", [{ a: "\u0001x" }, "text"]],
  ["one thing", repository],
])("%s is written as JSON.stringify would", (_, body) => {
  expect(serialize(body, memo).bytes.toString()).toBe(JSON.stringify(body));
});

test("what is hashed changes with the body, and with nothing else", () => {
  const body = [{ user, at: 1 }, { user, at: 2 }];
  const { distinct } = serialize(body, memo);
  const more: Memo = new Map([["unused", new Map<object, Json>([[{}, { a: 1 }]])], ...memo]);
  expect(serialize(structuredClone(body).map(({ at }) => ({ user, at })), more).distinct.map(String)).toEqual(distinct.map(String));
  const renamed = { ...user, login: "eve" };
  const changed: Memo = new Map([["user", new Map<object, Json>([[{}, renamed]])]]);
  expect(serialize([{ user: renamed, at: 1 }, { user: renamed, at: 2 }], changed).distinct.map(String)).not.toEqual(distinct.map(String));
});
