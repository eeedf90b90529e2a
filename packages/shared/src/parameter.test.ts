import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { SSMClient } from "@aws-sdk/client-ssm";
import { expect, test } from "@jest/globals";
import { makeFetchParameter } from "./parameter.ts";

/** What SSM was asked, and how the value or the failure came back. */
async function ask(status: number, answer: object): Promise<{ readonly asked: unknown; readonly outcome: unknown }> {
  let asked: unknown;
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk) => (text += String(chunk)));
    request.on("end", () => {
      asked = JSON.parse(text);
      response.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((done) => void server.listen(0, "127.0.0.1", done));
  const client = new SSMClient({ region: "eu-central-1", endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, credentials: { accessKeyId: "a", secretAccessKey: "b" }, maxAttempts: 1 });
  const outcome = await makeFetchParameter(client)("/octally/secret").catch((error: unknown) => error);
  client.destroy();
  await new Promise((done) => void server.close(done));
  return { asked, outcome };
}

test("a parameter is read decrypted", async () => {
  expect(await ask(200, { Parameter: { Value: "s3cret" } })).toEqual({ asked: { Name: "/octally/secret", WithDecryption: true }, outcome: "s3cret" });
});

test.each([
  ["missing", 400, { __type: "ParameterNotFound" }, "does not exist in this account and region"],
  ["forbidden", 400, { __type: "AccessDeniedException" }, "is the role allowed ssm:GetParameter"],
  ["empty", 200, { Parameter: { Value: "" } }, "is empty"],
])("one that is %s is said by its name, and may be there later", async (_, status, answer, says) => {
  const { outcome } = await ask(status, answer);
  expect(outcome).toMatchObject({ code: "parameter-unavailable", retryable: true });
  expect(String(outcome)).toContain("/octally/secret");
  expect(String(outcome)).toContain(says);
});
