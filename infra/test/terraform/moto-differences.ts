/** Where moto 5.2.5 is not AWS, in full: what is taken out before, and which changes a second plan may show. */
import { broken, type Stack } from "../stack-json.ts";
import type { PlannedChange } from "./terraform-folder.ts";

/** Of the services that the stack uses. */
const SERVICES = ["apigatewayv2", "budgets", "cloudwatch", "ec2", "ecs", "iam", "lambda", "logs", "opensearch", "s3", "scheduler", "sns", "sqs", "ssm", "sts"];

export function motoProvider(endpoint: string): object {
  return { s3_use_path_style: true, max_retries: 2, endpoints: [Object.fromEntries(SERVICES.map((service) => [service, endpoint]))] };
}

export function withoutWhatMotoLacks(stack: Stack): Stack {
  return broken(stack, (copy) => {
    // Never tells it back: the provider waits for it for ever.
    for (const queue of Object.values(copy.resource["aws_sqs_queue"] ?? {})) delete queue["redrive_allow_policy"];
    // Has neither the tags nor the subscribers of a budget.
    delete copy.resource["aws_budgets_budget"];
    // No task ever runs: the provider would wait for it.
    for (const service of Object.values(copy.resource["aws_ecs_service"] ?? {})) delete service["wait_for_steady_state"];
    // A managed domain never becomes ready; hence the variant with an existing endpoint.
  });
}

/** Changes that a second plan shows only because moto tells back something else than it was told. */
export function isMotosOwn({ address, actions, before, after }: PlannedChange): boolean {
  if (String(actions) !== "update") return false;
  const changed = Object.keys(after).filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  // Does not know it.
  if (address.startsWith("aws_ecs_service.")) return String(changed) === "availability_zone_rebalancing" && before["availability_zone_rebalancing"] === "";
  if (!address.startsWith("aws_sqs_queue.")) return false;
  // The same JSON, written with blanks.
  return String(changed) === "redrive_policy" && compact(before["redrive_policy"]) === compact(after["redrive_policy"]);
}

function compact(json: unknown): string {
  return JSON.stringify(JSON.parse(String(json)));
}
