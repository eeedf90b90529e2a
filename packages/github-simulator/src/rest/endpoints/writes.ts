/** The few things that clients write: issues, comments, labels, reactions. Each is an operation, so that its webhook follows. */
import type * as E from "../../world/entities.ts";
import { addLabels, assign, comment, deleteComment, editComment, react, removeLabels, unassign } from "../../operations/conversations.ts";
import { closeIssue, editIssue, openIssue, reopenIssue } from "../../operations/issues.ts";
import { createLabel, deleteLabel, editLabel } from "../../operations/labels-and-milestones.ts";
import { toIssueComment } from "../../shapes/issue-comment.ts";
import { toIssue } from "../../shapes/issue.ts";
import { toLabel } from "../../shapes/label.ts";
import { toReaction } from "../../shapes/reaction.ts";
import type { Json } from "../../shapes/shaping.ts";
import { ApiError, invalid, notFound } from "../../server/api-error.ts";
import { created, NO_CONTENT, ok, type Call, type Endpoint } from "../call.ts";
import { found, numberIn, onRepository, writes } from "../define.ts";
import type { Conversation } from "../issue-filters.ts";
import { conversation } from "./issues.ts";
import { actorOf } from "./users.ts";

const READER = writes("issues", "pull");
const TRIAGER = writes("issues", "triage");
const PUSHER = writes("issues", "push");
const REACTIONS: readonly E.ReactionContent[] = ["+1", "-1", "laugh", "hooray", "confused", "heart", "rocket", "eyes"];

export const WRITES: readonly Endpoint[] = [
  onRepository("/issues", "issues/issues#create-an-issue", READER, (call, repository) => {
    if (!repository.hasIssues) throw new ApiError(410, "Issues are disabled for this repo");
    mustNotBeArchived(repository);
    const title = textIn(call.input, "title", "Issue");
    const issue = openIssue(call.world, { actor: actorOf(call), repository, title, body: typeof call.input["body"] === "string" ? call.input["body"] : null });
    addLabels(call.world, { actor: actorOf(call), on: issue, labels: labelsNamed(call, repository, call.input["labels"]) });
    assign(call.world, { actor: actorOf(call), on: issue, assignees: usersNamed(call, call.input["assignees"]) });
    return created(toIssue(call.s, issue));
  }, "POST"),
  onRepository("/issues/:number", "issues/issues#update-an-issue", TRIAGER, (call, repository) => {
    const issue = conversation(call, repository);
    if (issue.type !== "issue") throw new ApiError(422, "Pull requests are not edited here");
    const { title, body, state, state_reason: reason, labels, assignees } = call.input;
    const actor = actorOf(call);
    if (typeof title === "string" || body !== undefined) editIssue(call.world, { actor, issue, ...(typeof title === "string" ? { title } : {}), ...(typeof body === "string" || body === null ? { body } : {}) });
    if (state === "closed") closeIssue(call.world, { actor, issue, reason: reason === "not_planned" || reason === "duplicate" ? reason : "completed" });
    if (state === "open") reopenIssue(call.world, { actor, issue });
    if (Array.isArray(labels)) replaceLabels(call, issue, labels);
    if (Array.isArray(assignees)) {
      const wanted = usersNamed(call, assignees);
      unassign(call.world, { actor, on: issue, assignees: issue.assignees.filter((user) => !wanted.includes(user)) });
      assign(call.world, { actor, on: issue, assignees: wanted });
    }
    return ok(toIssue(call.s, issue));
  }, "PATCH"),
  onRepository("/issues/:number/comments", "issues/comments#create-an-issue-comment", READER, (call, repository) => {
    mustNotBeArchived(repository);
    return created(toIssueComment(call.s, comment(call.world, { actor: actorOf(call), on: conversation(call, repository), body: textIn(call.input, "body", "IssueComment") })));
  }, "POST"),
  onRepository("/issues/comments/:id", "issues/comments#update-an-issue-comment", PUSHER, (call, repository) => {
    const edited = commentIn(call, repository);
    editComment(call.world, { actor: actorOf(call), comment: edited, body: textIn(call.input, "body", "IssueComment") });
    return ok(toIssueComment(call.s, edited));
  }, "PATCH"),
  onRepository("/issues/comments/:id", "issues/comments#delete-an-issue-comment", PUSHER, (call, repository) => {
    deleteComment(call.world, { actor: actorOf(call), comment: commentIn(call, repository) });
    return NO_CONTENT;
  }, "DELETE"),
  onRepository("/issues/:number/labels", "issues/labels#add-labels-to-an-issue", TRIAGER, (call, repository) => {
    const on = conversation(call, repository);
    addLabels(call.world, { actor: actorOf(call), on, labels: labelsNamed(call, repository, call.input["labels"]) });
    return ok(on.labels.map((label) => toLabel(call.s, label)));
  }, "POST"),
  onRepository("/issues/:number/labels", "issues/labels#set-labels-for-an-issue", TRIAGER, (call, repository) => {
    const on = conversation(call, repository);
    replaceLabels(call, on, call.input["labels"]);
    return ok(on.labels.map((label) => toLabel(call.s, label)));
  }, "PUT"),
  onRepository("/issues/:number/labels/:name", "issues/labels#remove-a-label-from-an-issue", TRIAGER, (call, repository) => {
    const on = conversation(call, repository);
    const label = on.labels.find(({ name }) => name.toLowerCase() === call.params["name"]?.toLowerCase());
    if (label === undefined) throw new ApiError(404, "Label does not exist");
    removeLabels(call.world, { actor: actorOf(call), on, labels: [label] });
    return ok(on.labels.map((left) => toLabel(call.s, left)));
  }, "DELETE"),
  onRepository("/issues/:number/reactions", "reactions/reactions#create-reaction-for-an-issue", READER, (call, repository) => {
    const [actor, to] = [actorOf(call), conversation(call, repository)];
    const content = REACTIONS.find((one) => one === call.input["content"]);
    if (content === undefined) throw invalid({ resource: "Reaction", field: "content", code: "invalid" });
    const isNew = !to.reactions.some((reaction) => reaction.user === actor && reaction.content === content);
    react(call.world, { actor, to, content });
    const body = toReaction(call.s, found(to.reactions.find((reaction) => reaction.user === actor && reaction.content === content)), repository);
    return isNew ? created(body) : ok(body);
  }, "POST"),
  onRepository("/labels", "issues/labels#create-a-label", PUSHER, (call, repository) => {
    const name = textIn(call.input, "name", "Label");
    if (repository.labels.some((label) => label.name.toLowerCase() === name.toLowerCase())) throw invalid({ resource: "Label", code: "already_exists", field: "name" });
    return created(toLabel(call.s, createLabel(call.world, { actor: actorOf(call), repository, name, ...colorAndDescription(call.input) })));
  }, "POST"),
  onRepository("/labels/:name", "issues/labels#update-a-label", PUSHER, (call, repository) => {
    const label = labelIn(call, repository);
    const name = call.input["new_name"];
    editLabel(call.world, { actor: actorOf(call), label, ...(typeof name === "string" ? { name } : {}), ...colorAndDescription(call.input) });
    return ok(toLabel(call.s, label));
  }, "PATCH"),
  onRepository("/labels/:name", "issues/labels#delete-a-label", PUSHER, (call, repository) => {
    deleteLabel(call.world, { actor: actorOf(call), label: labelIn(call, repository) });
    return NO_CONTENT;
  }, "DELETE"),
];

function mustNotBeArchived({ archived }: E.Repository): void {
  if (archived) throw new ApiError(403, "Repository was archived so is read-only.");
}

function textIn(input: Json, field: string, resource: string): string {
  const value = input[field];
  if (typeof value !== "string" || value.trim() === "") throw invalid({ resource, code: "missing_field", field });
  return value;
}

function colorAndDescription({ color, description }: Json): { readonly color?: string; readonly description?: string } {
  return { ...(typeof color === "string" ? { color } : {}), ...(typeof description === "string" ? { description } : {}) };
}

function labelIn(call: Call, repository: E.Repository): E.Label {
  return found(repository.labels.find(({ name }) => name.toLowerCase() === call.params["name"]?.toLowerCase()));
}

function commentIn(call: Call, repository: E.Repository): E.IssueComment {
  const one = found(call.world.find("IssueComment", numberIn(call, "id")));
  if (one.on.repository !== repository) throw notFound();
  return one;
}

/** GitHub makes labels that are not there yet. */
function labelsNamed(call: Call, repository: E.Repository, names: unknown): readonly E.Label[] {
  if (!Array.isArray(names)) return [];
  return names
    .map((name: unknown) => (typeof name === "object" && name !== null && "name" in name ? name.name : name))
    .filter((name): name is string => typeof name === "string")
    .map((name) => repository.labels.find((label) => label.name.toLowerCase() === name.toLowerCase()) ?? createLabel(call.world, { actor: actorOf(call), repository, name }));
}

function replaceLabels(call: Call, on: Conversation, names: unknown): void {
  const wanted = labelsNamed(call, on.repository, names);
  removeLabels(call.world, { actor: actorOf(call), on, labels: on.labels.filter((label) => !wanted.includes(label)) });
  addLabels(call.world, { actor: actorOf(call), on, labels: wanted });
}

function usersNamed(call: Call, logins: unknown): readonly E.User[] {
  if (!Array.isArray(logins)) return [];
  return logins.flatMap((login: unknown) => {
    const account = typeof login === "string" ? call.world.accountsByLogin.get(login.toLowerCase()) : undefined;
    return account === undefined || account.type === "Organization" ? [] : [account];
  });
}
