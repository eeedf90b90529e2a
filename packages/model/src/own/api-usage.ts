import { defineKind } from "../define-kind.ts";
import { count, date, keyword } from "../field.ts";
import { neverAsked } from "../sources.ts";

/** Where the budget goes: an hour of one process has as many as there were combinations. */
export const apiUsage = defineKind({
  name: "api-usage",
  description: "How many requests and points an hour took, by purpose, budget, kind and outcome.",
  scope: "organization",
  identity: ["hour", "process", "purpose", "resource", "kind", "outcome"],
  fields: {
    /** Its beginning, GitHub's clock. */
    hour: date,
    /** Each writes its own documents, so that none overwrites another's. */
    process: keyword,
    purpose: keyword,
    /** Whose budget: core, search, graphql … */
    resource: keyword,
    kind: keyword,
    outcome: keyword,
    requests: count,
    points: count,
  },
  fromWebhook: {},
  sources: neverAsked("Octally writes it itself."),
});
