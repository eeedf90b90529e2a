import type { Context } from "aws-lambda";

/** The second argument of a handler. */
export function makeLambdaContext(functionName: string, requestId: string, remainingMs: () => number): Context {
  return {
    callbackWaitsForEmptyEventLoop: false,
    functionName,
    functionVersion: "$LATEST",
    invokedFunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${functionName}`,
    memoryLimitInMB: "512",
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: "local",
    getRemainingTimeInMillis: () => Math.max(0, Math.round(remainingMs())),
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
}
