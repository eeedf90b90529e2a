import { expect, test } from "@jest/globals";
import type { GraphQLObjectType, GraphQLUnionType } from "graphql";
import { pinIssue } from "../operations/issues.ts";
import { everyField } from "./every-field.ts";
import { exampleWorld } from "./example-world.ts";
import { makeGraphql } from "./graphql.ts";
import { RESOLVERS } from "./resolvers.ts";
import { githubSchema, unknownNames } from "./schema.ts";

const { world, owner, shop, people } = exampleWorld(2);
const [firstIssue] = shop.issues;
if (firstIssue !== undefined) pinIssue(world, { actor: people.ada, issue: firstIssue });
const schema = githubSchema();
const graphql = makeGraphql(world);

type Path = (selection: string) => string;
const shopOf: Path = (inner) => `repository(owner: "octo-demo", name: "shop") { ${inner} }`;
const organization: Path = (inner) => `organization(login: "octo-demo") { ${inner} }`;
const list = (field: string): Path => (inner) => shopOf(`${field}(first: 5) { nodes ${inner} }`);
const ofPull = (field: string): Path => (inner) => shopOf(`pullRequests(first: 5) { nodes { ${field}(first: 9) { nodes ${inner} } } }`);
const ofHead = (inner: string): string => shopOf(`pullRequests(first: 5) { nodes { commits(last: 1) { nodes { commit { ${inner} } } } } }`);
const ofSuite = (inner: string): string => ofHead(`checkSuites(first: 5) { nodes { ${inner} } }`);
const ofItem = (inner: string): string => organization(`projectsV2(first: 5) { nodes { items(first: 5) { nodes { ${inner} } } } }`);
const onMain = (inner: string): string => shopOf(`defaultBranchRef { target { ... on Commit ${inner} } }`);

const PATHS: Readonly<Record<string, Path>> = {
  Query: (s) => `... on Query ${s}`, Repository: (s) => `repository(owner: "octo-demo", name: "shop") ${s}`, Organization: (s) => `organization(login: "octo-demo") ${s}`, User: (s) => `user(login: "bob") ${s}`,
  Team: (s) => organization(`teams(first: 5) { nodes ${s} }`), Issue: list("issues"), PullRequest: list("pullRequests"), Label: list("labels"), Milestone: list("milestones"), PinnedIssue: list("pinnedIssues"),
  PullRequestReview: ofPull("reviews"), PullRequestReviewThread: ofPull("reviewThreads"), PullRequestCommit: ofPull("commits"), PullRequestChangedFile: ofPull("files"), ReviewRequest: ofPull("reviewRequests"),
  PullRequestReviewComment: (s) => ofPull("reviewThreads")(`{ comments(first: 5) { nodes ${s} } }`), AutoMergeRequest: (s) => shopOf(`pullRequests(first: 5) { nodes { autoMergeRequest ${s} } }`),
  IssueComment: (s) => shopOf(`issues(first: 5) { nodes { comments(first: 5) { nodes ${s} } } }`), CommitComment: list("commitComments"),
  Ref: (s) => shopOf(`defaultBranchRef ${s}`), Commit: onMain, GitActor: (s) => onMain(`{ author ${s} }`), Tree: (s) => shopOf(`object(expression: "HEAD:") { ... on Tree ${s} }`),
  Discussion: list("discussions"), DiscussionCategory: list("discussionCategories"), DiscussionComment: (s) => shopOf(`discussions(first: 1) { nodes { comments(first: 5) { nodes ${s} } } }`),
  Release: list("releases"), ReleaseAsset: (s) => shopOf(`latestRelease { releaseAssets(first: 5) { nodes ${s} } }`), Deployment: list("deployments"), DeploymentStatus: (s) => shopOf(`deployments(first: 5) { nodes { statuses(first: 5) { nodes ${s} } } }`),
  CheckSuite: (s) => ofHead(`checkSuites(first: 5) { nodes ${s} }`), CheckRun: (s) => ofSuite(`checkRuns(first: 5) { nodes ${s} }`), CheckStep: (s) => ofSuite(`checkRuns(first: 5) { nodes { steps(first: 5) { nodes ${s} } } }`), WorkflowRun: (s) => ofSuite(`workflowRun ${s}`),
  Workflow: (s) => ofSuite(`workflowRun { workflow ${s} }`), App: (s) => ofSuite(`app ${s}`), Status: (s) => ofHead(`status ${s}`), StatusContext: (s) => ofHead(`status { contexts ${s} }`), StatusCheckRollup: (s) => ofHead(`statusCheckRollup ${s}`),
  RepositoryVulnerabilityAlert: list("vulnerabilityAlerts"), SecurityAdvisory: (s) => `securityAdvisories(first: 5) { nodes ${s} }`, SecurityVulnerability: (s) => `securityVulnerabilities(first: 5) { nodes ${s} }`,
  ProjectV2: (s) => organization(`projectsV2(first: 5) { nodes ${s} }`), ProjectV2Item: (s) => organization(`projectsV2(first: 5) { nodes { items(first: 5) { nodes ${s} } } }`), DraftIssue: (s) => ofItem(`content { ... on DraftIssue ${s} }`),
  ProjectV2ItemFieldSingleSelectValue: (s) => ofItem(`fieldValues(first: 5) { nodes { ... on ProjectV2ItemFieldSingleSelectValue ${s} } }`), ProjectV2ItemFieldTextValue: (s) => ofItem(`fieldValues(first: 5) { nodes { ... on ProjectV2ItemFieldTextValue ${s} } }`),
  ProjectV2SingleSelectField: (s) => organization(`projectsV2(first: 5) { nodes { fields(first: 20) { nodes { ... on ProjectV2SingleSelectField ${s} } } } }`), ProjectV2Field: (s) => organization(`projectsV2(first: 5) { nodes { fields(first: 20) { nodes { ... on ProjectV2Field ${s} } } } }`),
  BranchProtectionRule: list("branchProtectionRules"), DeployKey: list("deployKeys"), License: (s) => shopOf(`licenseInfo ${s}`), Language: (s) => shopOf(`primaryLanguage ${s}`), RepositoryTopic: list("repositoryTopics"), Topic: (s) => `topic(name: "demo") ${s}`, Environment: list("environments"),
  Reaction: (s) => shopOf(`issue(number: 1) { reactions(first: 5) { nodes ${s} } }`), ReactionGroup: (s) => shopOf(`issue(number: 1) { reactionGroups ${s} }`), PermissionSource: (s) => shopOf(`collaborators(first: 5) { edges { permissionSources ${s} } }`),
};

/** In the schema and not in this world: the field cannot be null, and an error says so. */
const NOT_SERVED: ReadonlySet<string> = new Set([
  ...["auditLog", "ipAllowListEnabledSetting", "ipAllowListForInstalledAppsEnabledSetting", "itemShowcase", "lifetimeReceivedSponsorshipValues", "notificationDeliveryRestrictionEnabledSetting", "repositoryDiscussionComments", "sponsorsActivities", "sponsorshipNewsletters", "sponsorshipsAsMaintainer", "sponsorshipsAsSponsor"].map((name) => `Organization.${name}`),
  ...["contributionsCollection", "hovercard", "itemShowcase", "lifetimeReceivedSponsorshipValues", "repositoriesContributedTo", "sponsorsActivities", "sponsorshipNewsletters", "sponsorshipsAsMaintainer", "sponsorshipsAsSponsor"].map((name) => `User.${name}`),
  "Issue.timeline", "PullRequest.timeline",
]);
/** Events that the example does not contain. */
const NEVER = new Set(["ReferencedEvent", "DisconnectedEvent"]);

const issueEvents = new Set((schema.getType("IssueTimelineItems") as GraphQLUnionType).getTypes().map(({ name }) => name));
const timeline = (name: string): Path => (s) => shopOf(`${issueEvents.has(name) ? `issues(first: 9) { nodes { timelineItems(first: 50) { nodes { ... on ${name} ${s} } } } }` : ""} pullRequests(first: 9) { nodes { timelineItems(first: 99) { nodes { ... on ${name} ${s} } } } }`);

test("resolvers are those of the published schema", () => {
  expect(unknownNames(schema)).toEqual([]);
});

test.each(Object.keys(RESOLVERS).filter((name) => name !== "Bot" && !NEVER.has(name)))("every field of %s is served", (name) => {
  const path = PATHS[name] ?? timeline(name);
  const { body } = graphql.execute({ query: `{ ${path(everyField(schema, name, NOT_SERVED))} }` }, owner);
  expect(body.errors).toBeUndefined();
  expect(JSON.stringify(body.data)).toContain(`"__typename":"${name}"`);
});

test("what is not served says so, by name", () => {
  for (const field of NOT_SERVED) {
    const [typeName = "", name = ""] = field.split(".");
    const definition = (schema.getType(typeName) as GraphQLObjectType).getFields()[name];
    expect(() => definition?.resolve?.({}, {}, {}, {} as never)).toThrow(`The simulated GitHub does not serve the field '${field}'`);
  }
});
