import { expect, test } from "@jest/globals";
import { parseConfig } from "@octally/shared/config";
import * as z from "zod";
import { fetchStoreAccess } from "./fetch-access.ts";
import { oneAccess, signedSomewhere, storeVariables } from "./store-config.ts";

const schema = z.object(storeVariables).refine(...oneAccess).refine(...signedSomewhere);
const complete = { OPENSEARCH_URL: "https://search.example.org" };

function accessOf(environment: object, secret = "user:password") {
  return fetchStoreAccess(parseConfig(schema, { ...complete, ...environment }), (name) => Promise.resolve(name === "/store" ? secret : "other"));
}

test("the local store is asked by nobody", async () => {
  expect(await accessOf({})).toEqual({});
});

test("user and password come from the parameter that is named", async () => {
  expect(await accessOf({ OPENSEARCH_CREDENTIALS_PARAMETER: "/store" })).toEqual({ auth: { username: "user", password: "password" } });
  await expect(accessOf({ OPENSEARCH_CREDENTIALS_PARAMETER: "/store" }, "hunter2")).rejects.toThrow('The SSM parameter /store does not hold "user:password".');
});

test("a signing service brings a signing connection", async () => {
  const access = await accessOf({ OPENSEARCH_SIGNING_SERVICE: "es", AWS_REGION: "eu-central-1" });
  expect(Object.keys(access).toSorted()).toEqual(expect.arrayContaining(["Connection", "Transport"]));
});

test.each([
  [{ OPENSEARCH_SIGNING_SERVICE: "es", OPENSEARCH_CREDENTIALS_PARAMETER: "/store", AWS_REGION: "eu-central-1" }, "OPENSEARCH_CREDENTIALS_PARAMETER: set this or OPENSEARCH_SIGNING_SERVICE, not both."],
  [{ OPENSEARCH_SIGNING_SERVICE: "es" }, "OPENSEARCH_SIGNING_REGION is not set: requests are signed for a region"],
  [{ OPENSEARCH_SIGNING_SERVICE: "s3", AWS_REGION: "eu-central-1" }, "OPENSEARCH_SIGNING_SERVICE: "],
])("%j is refused", (environment, says) => {
  expect(() => parseConfig(schema, { ...complete, ...environment })).toThrow(says);
});
