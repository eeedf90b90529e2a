/**
 * Lambda's runtime in little: what runs a function's handler inside its process, by the documented protocol
 * (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html). JavaScript, so that its start costs nothing that
 * Lambda's own would not cost. The tests run the same with AWS's `aws-lambda-ric` where that is installed.
 */
import { Agent, request } from "node:http";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const { AWS_LAMBDA_RUNTIME_API: api = "", LAMBDA_TASK_ROOT: root = "", AWS_LAMBDA_FUNCTION_NAME: functionName = "" } = process.env;
const [module = "", name = ""] = (process.env._HANDLER ?? "").split(".");
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

function call(method, path, body, headers = {}) {
  return new Promise((resolve, reject) => {
    const sent = request(`http://${api}/2018-06-01/runtime/${path}`, { method, agent, headers: { "content-type": "application/json", ...headers } }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => resolve({ headers: answer.headers, text: Buffer.concat(parts).toString("utf8") }));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

function tellError(path, failure) {
  const { name: errorType, message: errorMessage, stack = "" } = failure instanceof Error ? failure : new Error(String(failure));
  const body = JSON.stringify({ errorType, errorMessage, trace: stack.split("\n") });
  return call("POST", path, body, { "lambda-runtime-function-error-type": errorType });
}

let handler;
try {
  ({ [name]: handler } = await import(pathToFileURL(join(root, `${module}.mjs`)).href));
  if (typeof handler !== "function") throw new Error(`${process.env._HANDLER} is undefined or not exported`);
} catch (failure) {
  await tellError("init/error", failure);
  process.exit(1);
}

for (;;) {
  const { headers, text } = await call("GET", "invocation/next");
  const requestId = headers["lambda-runtime-aws-request-id"];
  const context = {
    awsRequestId: requestId,
    invokedFunctionArn: headers["lambda-runtime-invoked-function-arn"],
    functionName,
    functionVersion: "$LATEST",
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: "local",
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Number(headers["lambda-runtime-deadline-ms"]) - Date.now(),
  };
  try {
    const result = await handler(JSON.parse(text), context);
    await call("POST", `invocation/${requestId}/response`, JSON.stringify(result) ?? "null");
  } catch (failure) {
    await tellError(`invocation/${requestId}/error`, failure);
  }
}
