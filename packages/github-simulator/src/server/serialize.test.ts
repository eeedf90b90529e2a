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
  expect(serialize(body, memo).toString()).toBe(JSON.stringify(body));
});
