import { createHash } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { ConfigError } from "@octally/shared/errors";
import { passwordAccess, signedAccess } from "./access.ts";
import { makeStoreClient, type StoreAccess } from "./client.ts";

type Seen = { readonly headers: IncomingHttpHeaders; readonly sha256: string; readonly bytes: number };

/** What arrives of a bulk call of so many operations. */
async function bulk(access: StoreAccess, operations: number): Promise<Seen> {
  let seen: Seen | undefined;
  const server = createServer((request, response) => {
    const hash = createHash("sha256");
    let bytes = 0;
    request.on("data", (chunk: Buffer) => {
      hash.update(chunk);
      bytes += chunk.byteLength;
    });
    request.on("end", () => {
      seen = { headers: request.headers, sha256: hash.digest("hex"), bytes };
      response.writeHead(200, { "content-type": "application/json" }).end('{"items":[],"errors":false}');
    });
  });
  await new Promise<void>((done) => void server.listen(0, "127.0.0.1", done));
  const client = makeStoreClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 5000, access);
  try {
    await client.bulk({ body: Array.from({ length: operations }, (_, index) => [{ index: { _index: "octally-issue", _id: String(index) } }, { title: "Überlänge 😀".repeat(50) }]).flat() });
  } finally {
    await client.close();
    await new Promise((done) => void server.close(done));
  }
  return seen!;
}

describe("SigV4", () => {
  const environment = { ...process.env };
  beforeEach(() => {
    process.env = { ...environment, AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "secretkey", AWS_SESSION_TOKEN: "token" };
  });
  afterEach(() => {
    process.env = environment;
  });

  test.each(["es", "aoss"] as const)("requests are signed for %s with the credentials of the environment, bodies of any length with them", async (service) => {
    for (const operations of [1, 5000]) {
      const { headers, sha256, bytes } = await bulk(await signedAccess(service, "eu-central-1"), operations);
      expect(bytes).toBeGreaterThan(operations * 500);
      expect(headers.authorization).toMatch(new RegExp(`^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/\\d{8}/eu-central-1/${service}/aws4_request, SignedHeaders=[^,]*x-amz-content-sha256[^,]*, Signature=[0-9a-f]{64}$`));
      expect(headers["x-amz-content-sha256"]).toBe(sha256);
      expect(headers["x-amz-security-token"]).toBe("token");
      expect(JSON.stringify(headers)).not.toContain("secretkey");
    }
  });
});

describe("user and password", () => {
  test("go with every request", async () => {
    const { headers } = await bulk(passwordAccess("octally:with:colons\n", "/octally/store"), 1);
    expect(headers.authorization).toBe(`Basic ${Buffer.from("octally:with:colons").toString("base64")}`);
  });

  test.each(["hunter2", ":hunter2", "octally:", ""])("that are not user:password are refused, and not told: %j", (value) => {
    const refused = (): unknown => passwordAccess(value, "The SSM parameter /octally/store");
    expect(refused).toThrow(new ConfigError('The SSM parameter /octally/store does not hold "user:password".'));
  });
});

test("without either, nothing is sent", async () => {
  expect((await bulk({}, 1)).headers.authorization).toBeUndefined();
});
