/** What moto has of the services for which this package brings no client. */

/** moto knows the service by the signature's scope; nobody checks the rest of it. */
function headers(service: string): Record<string, string> {
  return { authorization: `AWS4-HMAC-SHA256 Credential=nobody/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0` };
}

// oxlint-disable-next-line typescript/no-explicit-any -- compared as a whole by the caller
export async function askEcs(endpoint: string, action: string, input: object = {}): Promise<any> {
  const answer = await fetch(endpoint, {
    method: "POST",
    headers: { ...headers("ecs"), "content-type": "application/x-amz-json-1.1", "x-amz-target": `AmazonEC2ContainerServiceV20141113.${action}` },
    body: JSON.stringify(input),
  });
  return answer.json();
}

/** Its XML. */
export async function askEc2(endpoint: string, action: string, parameters: Readonly<Record<string, string>> = {}): Promise<string> {
  const answer = await fetch(endpoint, { method: "POST", headers: headers("ec2"), body: new URLSearchParams({ Action: action, Version: "2016-11-15", ...parameters }) });
  return answer.text();
}

/** What stands in the first element of this name. */
export function firstOf(xml: string, element: string): string {
  return new RegExp(`<${element}>(.*?)</${element}>`, "s").exec(xml)?.[1] ?? "";
}
