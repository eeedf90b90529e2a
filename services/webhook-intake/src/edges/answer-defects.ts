import { messageOf } from "@octally/shared/errors";
import type { Logger } from "@octally/shared/log";
import type { MiddlewareObj } from "@middy/core";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { answer } from "../core/to-answer.ts";

/** The last resort: a failure that nobody foresaw is logged with its stack and answered 500, without details. */
export function answerDefects(logger: Logger): MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2> {
  return {
    name: "answer-defects",
    onError: (request) => {
      logger.error({ outcome: "defect", error: messageOf(request.error), stack: request.error?.stack }, "webhook failed");
      request.response = answer(500, { message: "The delivery was not stored, because of a defect. Send it again." });
    },
  };
}
