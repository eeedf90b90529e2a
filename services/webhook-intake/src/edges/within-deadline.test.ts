import { expect, test } from "@jest/globals";
import { withinDeadline } from "./within-deadline.ts";

test("work that is done in time gives its result or its failure", async () => {
  expect(await withinDeadline(1000, () => Promise.resolve(1))).toBe(1);
  await expect(withinDeadline(1000, () => Promise.reject(new Error("refused")))).rejects.toThrow("refused");
});

test("work that hangs is a transient failure", async () => {
  await expect(withinDeadline(5, () => new Promise(() => {}))).rejects.toMatchObject({ code: "deadline", retryable: true });
});
