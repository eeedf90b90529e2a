import { BudgetsBudget } from "@cdktf/provider-aws/lib/budgets-budget/index.js";
import { Construct } from "constructs";
import type { Deployment } from "../deployment.ts";
import type { AlarmTopic } from "./alarm-topic.ts";

/** Tells when the account's month has cost four fifths of the budget, and when it looks as if it will cost more. See docs/runbooks/budget.md. */
export class BudgetAlarm extends Construct {
  constructor(scope: Construct, id: string, deployment: Deployment, { monthlyDollars, alarms }: { readonly monthlyDollars: number; readonly alarms: AlarmTopic }) {
    super(scope, id);
    const tell = (notificationType: "ACTUAL" | "FORECASTED", threshold: number) => ({
      notificationType,
      threshold,
      thresholdType: "PERCENTAGE",
      comparisonOperator: "GREATER_THAN",
      subscriberSnsTopicArns: [alarms.arn],
    });
    new BudgetsBudget(this, "budget", {
      name: `${deployment.name}-monthly`,
      budgetType: "COST",
      timeUnit: "MONTHLY",
      limitAmount: String(monthlyDollars),
      limitUnit: "USD",
      notification: [tell("ACTUAL", 80), tell("FORECASTED", 100)],
    });
  }
}
