/** A raw HTTP request as API Gateway's HTTP API hands it to a Lambda (payload format 2.0). */
import { isUtf8 } from "node:buffer";
import type { APIGatewayProxyEventV2 } from "aws-lambda";

export type RawRequest = {
  readonly method: string;
  /** Path and query as they came. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
  readonly sourceIp: string;
  readonly requestId: string;
  readonly receivedAt: Date;
};

const TEXT = /^(?:text\/|application\/(?:json|x-www-form-urlencoded|[\w.-]+\+json)(?:;|$))/u;

/** A body goes as text only where it survives that byte for byte: the signature is over its bytes. */
export function toGatewayEvent(request: RawRequest): APIGatewayProxyEventV2 {
  const [rawPath = "/", rawQueryString = ""] = splitOnce(request.url, "?");
  const headers = toHeaders(request.headers);
  const isText = TEXT.test((headers["content-type"] ?? "").toLowerCase()) && isUtf8(request.body);
  const query = new URLSearchParams(rawQueryString);
  const queryStringParameters = Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name).join(",")]));
  return {
    version: "2.0",
    routeKey: `${request.method} ${rawPath}`,
    rawPath,
    rawQueryString,
    headers,
    ...(rawQueryString === "" ? {} : { queryStringParameters }),
    requestContext: {
      accountId: "000000000000",
      apiId: "local",
      domainName: headers["host"] ?? "localhost",
      domainPrefix: "local",
      http: { method: request.method, path: rawPath, protocol: "HTTP/1.1", sourceIp: request.sourceIp, userAgent: headers["user-agent"] ?? "" },
      requestId: request.requestId,
      routeKey: `${request.method} ${rawPath}`,
      stage: "$default",
      time: request.receivedAt.toISOString(),
      timeEpoch: request.receivedAt.getTime(),
    },
    ...(request.body.length === 0 ? {} : { body: request.body.toString(isText ? "utf8" : "base64") }),
    isBase64Encoded: request.body.length > 0 && !isText,
  };
}

function toHeaders(headers: RawRequest["headers"]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name.toLowerCase(), typeof value === "string" ? value : value.join(",")]])),
  );
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
