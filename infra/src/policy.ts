/** IAM policies as data: what one construct offers (`queue.allowSend()`) is what another's role is given. */

export type Statement = {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

type Principal = Readonly<Record<"Service" | "AWS", string> | Record<"Service", string> | Record<"AWS", string | readonly string[]>>;

/** A role's own policy. */
export function policyOf(statements: readonly Statement[]): string {
  return document(statements.map((statement) => allow(statement)));
}

/** A policy that stands at a resource and says who may come. */
export function resourcePolicyOf(statements: readonly (Statement & { readonly principal: Principal })[], denied: readonly object[] = []): string {
  return document([...statements.map(({ principal, ...statement }) => ({ ...allow(statement), Principal: principal })), ...denied]);
}

export function trustPolicyOf(principal: Principal, condition?: Statement["condition"]): string {
  return document([{ Effect: "Allow", Action: "sts:AssumeRole", Principal: principal, ...(condition === undefined ? {} : { Condition: condition }) }]);
}

/** Nobody reaches the resource without TLS, whatever else allows it. */
export function denyWithoutTls(service: "sqs" | "s3" | "sns", resources: readonly string[]): object {
  const actions = service === "sns" ? ["sns:Publish"] : [`${service}:*`];
  return { Sid: "OnlyTls", Effect: "Deny", Principal: "*", Action: actions, Resource: resources, Condition: { Bool: { "aws:SecureTransport": "false" } } };
}

function allow({ actions, resources, condition }: Statement): object {
  return { Effect: "Allow", Action: actions, Resource: resources, ...(condition === undefined ? {} : { Condition: condition }) };
}

function document(statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}
