import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { parseConfig } from "@octally/shared/config";
import { githubConfig } from "./config.ts";
import { readCredentials } from "./credentials.ts";

const pem = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ type: "pkcs1", format: "pem" }).toString();
const parse = (environment: Record<string, string>): unknown => parseConfig(githubConfig, environment);
const APP = { GITHUB_APP_ID: "123", GITHUB_APP_PRIVATE_KEY: pem };

describe("who asks which GitHub", () => {
  test("nobody, at github.com: a value, no error", () => {
    expect(parse({})).toEqual({ apiUrl: "https://api.github.com", graphqlUrl: "https://api.github.com/graphql", credentials: { is: "anonymous" } });
  });

  test.each([
    ["a token", { GITHUB_TOKEN: " t\n" }, { is: "token", token: { is: "value", value: "t" } }],
    ["a token in SSM", { GITHUB_TOKEN_PARAMETER: "/octally/token" }, { is: "token", token: { is: "parameter", name: "/octally/token" } }],
    ["an App", APP, { is: "app", appId: "123", privateKey: { is: "value", value: pem } }],
    ["an App by client id, its key on one line", { GITHUB_APP_ID: "Iv23liAbCd", GITHUB_APP_PRIVATE_KEY: pem.trim().replaceAll("\n", String.raw`\n`) }, { is: "app", appId: "Iv23liAbCd", privateKey: { is: "value", value: pem } }],
    ["an App, its key as base64", { GITHUB_APP_ID: "123", GITHUB_APP_PRIVATE_KEY: Buffer.from(pem).toString("base64") }, { is: "app", appId: "123", privateKey: { is: "value", value: pem } }],
    ["an App, its key in SSM", { GITHUB_APP_ID: "123", GITHUB_APP_PRIVATE_KEY_PARAMETER: "/k" }, { is: "app", appId: "123", privateKey: { is: "parameter", name: "/k" } }],
  ])("%s", (_, environment, credentials) => {
    expect(parse(environment)).toMatchObject({ credentials });
  });

  test.each([
    ["https://ghe.example/api/v3/", "https://ghe.example/api/v3", "https://ghe.example/api/graphql"],
    ["https://api.octo.ghe.com", "https://api.octo.ghe.com", "https://api.octo.ghe.com/graphql"],
    ["http://127.0.0.1:4100", "http://127.0.0.1:4100", "http://127.0.0.1:4100/graphql"],
  ])("%s", (GITHUB_API_URL, apiUrl, graphqlUrl) => {
    expect(parse({ GITHUB_API_URL })).toMatchObject({ apiUrl, graphqlUrl });
  });

  test.each([
    ["both a token and an App", { GITHUB_TOKEN: "t0ken", ...APP }, "GITHUB_APP_ID: a token is set as well"],
    ["a token twice", { GITHUB_TOKEN: "t0ken", GITHUB_TOKEN_PARAMETER: "/t" }, "GITHUB_TOKEN_PARAMETER: set this or GITHUB_TOKEN, not both."],
    ["an App without its key", { GITHUB_APP_ID: "123" }, "GITHUB_APP_PRIVATE_KEY is not set: the App's private key."],
    ["a key without its App", { GITHUB_APP_PRIVATE_KEY: pem }, "GITHUB_APP_ID is not set: the App's number."],
    ["an App's name", { ...APP, GITHUB_APP_ID: "octally" }, "GITHUB_APP_ID: must be the App's number"],
    ["the key's first line alone", { ...APP, GITHUB_APP_PRIVATE_KEY: "-----BEGIN RSA PRIVATE KEY-----" }, "GITHUB_APP_PRIVATE_KEY: is not a PEM private key"],
    ["GitHub's web site", { GITHUB_API_URL: "https://github.com" }, "GITHUB_API_URL: is GitHub's web site"],
    ["no URL", { GITHUB_API_URL: "api.github.com" }, "GITHUB_API_URL: must be a URL"],
  ])("%s is refused, and no secret is repeated", (_, environment, says) => {
    const refused = (): unknown => parse(environment);
    expect(refused).toThrow(says);
    expect(refused).not.toThrow(/t0ken|MII/);
  });
});

test("parameters are read, and what they hold is checked", async () => {
  const held: Record<string, string> = { "/t": "t0ken\n", "/k": pem, "/bad": "nothing" };
  const fetchParameter = (name: string): Promise<string> => Promise.resolve(held[name] ?? "");
  expect(await readCredentials({ is: "token", token: { is: "parameter", name: "/t" } }, fetchParameter)).toEqual({ is: "token", token: "t0ken" });
  expect(await readCredentials({ is: "app", appId: "1", privateKey: { is: "parameter", name: "/k" } }, fetchParameter)).toEqual({ is: "app", appId: "1", privateKey: pem });
  await expect(readCredentials({ is: "app", appId: "1", privateKey: { is: "parameter", name: "/bad" } }, fetchParameter)).rejects.toThrow("The SSM parameter /bad does not hold a PEM private key.");
  expect(await readCredentials({ is: "anonymous" })).toEqual({ is: "anonymous" });
});
