/**
 * GitHub's global node ids, in both formats. The new one: a prefix of the type, "_", base64url of a MessagePack array
 * [0, id of the owner or repository, id]; the old one: base64 of "0<length of the type's name>:<Type><id>".
 * Both are decoded to what they name, so that no index of them is needed.
 */

import { pack, unpack } from "./message-pack.ts";

/** The types that have a node id of their own here: GraphQL's name, prefix of the new format. */
export const NODE_TYPES = {
  User: "U", Bot: "BOT", Organization: "O", Team: "T", App: "A", Repository: "R", Issue: "I", PullRequest: "PR", PullRequestReview: "PRR",
  PullRequestReviewThread: "PRRT", PullRequestReviewComment: "PRRC", IssueComment: "IC", CommitComment: "CC", Discussion: "D", DiscussionComment: "DC",
  DiscussionCategory: "DIC", Label: "LA", Milestone: "MI", Release: "RE", ReleaseAsset: "RA", Workflow: "W", WorkflowRun: "WFR", WorkflowJob: "JOB", CheckSuite: "CS", CheckRun: "CR",
  StatusContext: "SC", Deployment: "DE", DeploymentStatus: "DES", RepositoryVulnerabilityAlert: "RVA", ProjectV2: "PVT", ProjectV2Item: "PVTI", DraftIssue: "DI",
  IssueType: "IT", Commit: "C", Ref: "REF", SecurityAdvisory: "GSA", TimelineEvent: "TE", BranchProtectionRule: "BPR", Reaction: "REA", DeployKey: "DK",
} as const;

export type NodeType = keyof typeof NODE_TYPES;
export type NodeIdFormat = "new" | "old";
/** `id` is a number, or for commits and refs the sha or name. */
export type NodeRef = { readonly type: NodeType; readonly scope: number; readonly id: number | string };

const TYPES = new Map(Object.entries(NODE_TYPES).map(([type, prefix]) => [prefix as string, type as NodeType]));

/** What the id alone does not tell apart, or not where it is: the old format names the repository too. */
const SCOPED: ReadonlySet<NodeType> = new Set(["Commit", "Ref", "RepositoryVulnerabilityAlert", "DeployKey", "Reaction", "ReleaseAsset"]);

/** `scope`: of accounts, repositories and apps, which are in nothing, 0. */
export function encodeNodeId({ type, scope, id }: NodeRef, format: NodeIdFormat): string {
  if (format === "old") return Buffer.from(`0${type.length}:${type}${SCOPED.has(type) ? `${scope}:` : ""}${id}`).toString("base64");
  return `${NODE_TYPES[type]}_${pack(scope === 0 ? [0, id] : [0, scope, id]).toString("base64url")}`;
}

/** Undefined: no node id, letter by letter. In the old format most have no scope; then it is 0. */
export function decodeNodeId(text: string): NodeRef | undefined {
  const ref = decodeNew(text) ?? decodeOld(text);
  if (ref === undefined) return undefined;
  return [encodeNodeId(ref, "new"), encodeNodeId(ref, "old")].includes(text) ? ref : undefined;
}

function decodeNew(text: string): NodeRef | undefined {
  const end = text.indexOf("_");
  const type = TYPES.get(text.slice(0, Math.max(end, 0)));
  const items = type === undefined ? undefined : unpack(Buffer.from(text.slice(end + 1), "base64url"));
  const [id, scope] = [items?.at(-1), items?.length === 3 ? items[1] : 0];
  return type === undefined || id === undefined || typeof scope !== "number" ? undefined : { type, scope, id };
}

function decodeOld(text: string): NodeRef | undefined {
  const [, length = "", rest = ""] = /^0(\d+):(.*)$/.exec(Buffer.from(text, "base64").toString()) ?? [];
  const type = rest.slice(0, Number(length));
  if (!isNodeType(type)) return undefined;
  const what = rest.slice(type.length);
  if (!SCOPED.has(type)) return { type, scope: 0, id: /^\d+$/.test(what) ? Number(what) : what };
  const colon = what.indexOf(":");
  const id = what.slice(colon + 1);
  return { type, scope: Number(what.slice(0, Math.max(colon, 0))), id: TEXTS.has(type) || !/^\d+$/.test(id) ? id : Number(id) };
}

/** Known by a text, even where that looks like a number. */
const TEXTS: ReadonlySet<NodeType> = new Set(["Commit", "Ref"]);

function isNodeType(text: string): text is NodeType {
  return Object.hasOwn(NODE_TYPES, text);
}
