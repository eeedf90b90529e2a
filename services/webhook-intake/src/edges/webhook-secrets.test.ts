import { expect, test } from "@jest/globals";
import { TransientError } from "@octally/shared/errors";
import { makeFetchSecrets } from "./webhook-secrets.ts";

test("secrets of the environment are taken as they are, and nothing is fetched", async () => {
  const fetchSecrets = makeFetchSecrets({ GITHUB_WEBHOOK_SECRET: "new", GITHUB_WEBHOOK_SECRET_PREVIOUS: "old" }, () => Promise.reject(new Error("fetched")));
  expect(await fetchSecrets()).toEqual({ current: "new", previous: "old" });
});

test("parameters are fetched once, from the start on", async () => {
  const asked: string[] = [];
  const fetchSecrets = makeFetchSecrets({ GITHUB_WEBHOOK_SECRET_PARAMETER: "/new", GITHUB_WEBHOOK_SECRET_PREVIOUS_PARAMETER: "/old" }, async (name) => {
    asked.push(name);
    return `secret of ${name}`;
  });
  expect(asked).toEqual(["/new", "/old"]);
  const wanted = { current: "secret of /new", previous: "secret of /old" };
  expect(await Promise.all([fetchSecrets(), fetchSecrets()])).toEqual([wanted, wanted]);
  expect(asked).toHaveLength(2);
});

test("a failure is told to who asks, and mended by asking again", async () => {
  let down = true;
  const fetchSecrets = makeFetchSecrets({ GITHUB_WEBHOOK_SECRET_PARAMETER: "/new" }, async () => {
    if (down) throw new TransientError("parameter-unavailable", "SSM is down.");
    return "secret";
  });
  await expect(fetchSecrets()).rejects.toMatchObject({ code: "parameter-unavailable" });
  down = false;
  expect(await fetchSecrets()).toEqual({ current: "secret", previous: undefined });
});
