import { expect, test } from "@jest/globals";
import { toHttpAnswer } from "./gateway-response.ts";

test.each([
  ["a structured answer", { statusCode: 202, headers: { "Content-Type": "text/plain", "X-N": 1 }, body: "ok" }, 202, { "content-type": "text/plain", "x-n": "1" }, "ok"],
  ["bytes", { statusCode: 200, body: Buffer.from("hi").toString("base64"), isBase64Encoded: true }, 200, { "content-type": "application/json" }, "hi"],
  ["no body", { statusCode: 204 }, 204, { "content-type": "application/json" }, ""],
  ["a text alone", "hello", 200, { "content-type": "application/json" }, "hello"],
  ["an object alone", { hello: 1 }, 200, { "content-type": "application/json" }, '{"hello":1}'],
  ["nothing", undefined, 200, { "content-type": "application/json" }, "null"],
])("%s", (_name, result, status, headers, body) => {
  const answer = toHttpAnswer(result);
  expect({ ...answer, body: answer.body.toString() }).toEqual({ status, headers, body });
});
