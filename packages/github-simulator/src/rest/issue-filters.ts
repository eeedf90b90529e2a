/** The filters of lists of issues. */
import { invalid } from "../server/api-error.ts";
import type { Issue, PullRequest } from "../world/entities.ts";
import type { Call } from "./call.ts";
import { timeIn } from "./define.ts";

export type Conversation = Issue | PullRequest;
type Test = (issue: Conversation) => boolean;

/** Null: nothing is left out. */
export function filterIssues(call: Call): Test | null {
  const tests: Test[] = [];
  const { query } = call;
  const state = query.get("state") ?? "open";
  if (state !== "open" && state !== "closed" && state !== "all") throw invalid({ value: state, resource: "Issue", field: "state", code: "invalid" });
  if (state !== "all") tests.push((issue) => issue.state === state);
  const since = timeIn(call, "since");
  if (since !== null) tests.push((issue) => issue.updatedAt >= since);
  const labels = (query.get("labels") ?? "").split(",").map((name) => name.trim().toLowerCase()).filter((name) => name !== "");
  if (labels.length > 0) tests.push((issue) => labels.every((name) => issue.labels.some((label) => label.name.toLowerCase() === name)));
  const assignee = query.get("assignee")?.toLowerCase();
  if (assignee === "none") tests.push((issue) => issue.assignees.length === 0);
  else if (assignee === "*") tests.push((issue) => issue.assignees.length > 0);
  else if (assignee !== undefined && assignee !== "") tests.push((issue) => issue.assignees.some(({ login }) => login.toLowerCase() === assignee));
  const creator = query.get("creator")?.toLowerCase();
  if (creator !== undefined && creator !== "") tests.push((issue) => issue.author.login.toLowerCase() === creator);
  const milestone = query.get("milestone");
  if (milestone === "none") tests.push((issue) => issue.milestone === null);
  else if (milestone === "*") tests.push((issue) => issue.milestone !== null);
  else if (milestone !== null && milestone !== "") {
    const number = Number(milestone);
    if (!Number.isInteger(number)) throw invalid({ value: milestone, resource: "Issue", field: "milestone", code: "invalid" });
    tests.push((issue) => issue.milestone?.number === number);
  }
  const type = query.get("type");
  if (type !== null && type !== "*") tests.push((issue) => (issue.type === "issue" ? (issue.issueType?.name.toLowerCase() ?? "none") : "none") === type.toLowerCase());
  return tests.length === 0 ? null : (issue) => tests.every((test) => test(issue));
}
