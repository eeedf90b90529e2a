import { expect, test } from "@jest/globals";
import { exampleWorld } from "./example-world.ts";
import { makeGraphql } from "./graphql.ts";

const { world, owner } = exampleWorld(1);
const graphql = makeGraphql(world);

// Refused before it is run: errors alone, no data.
test.each<[query: string, error: object, variables?: object]>([
  ["", { message: "A query attribute must be specified and must be a string." }],
  ["{ viewer { login }", { locations: [{ line: 1, column: 19 }], message: "Unexpected end of document" }],
  ["{ viewer { } }", { locations: [{ line: 1, column: 12 }], message: 'Parse error on "}" (RCURLY) at [1, 12]' }],
  ["{ viewer { nope } }", { path: ["query", "viewer", "nope"], extensions: { code: "undefinedField", typeName: "User", fieldName: "nope" }, locations: [{ line: 1, column: 12 }], message: "Field 'nope' doesn't exist on type 'User'" }],
  ["query Q { viewer { ...F } } fragment F on User { nope }", { path: ["fragment F", "nope"], extensions: { code: "undefinedField", typeName: "User", fieldName: "nope" }, locations: [{ line: 1, column: 50 }], message: "Field 'nope' doesn't exist on type 'User'" }],
  ["query Q { viewer }", { path: ["query Q", "viewer"], extensions: { code: "selectionMismatch", nodeName: "field 'viewer'", typeName: "User" }, locations: [{ line: 1, column: 11 }], message: "Field must have selections (field 'viewer' returns User but has no selections. Did you mean 'viewer { ... }'?)" }],
  ["{ viewer { login { x } } }", { path: ["query", "viewer", "login"], extensions: { code: "selectionMismatch", nodeName: "field 'login'", typeName: "String" }, locations: [{ line: 1, column: 12 }], message: 'Selections can\'t be made on scalars (field \'login\' returns String but has selections ["x"])' }],
  ['{ repository(owner: "a") { id } }', { path: ["query", "repository"], extensions: { code: "missingRequiredArguments", className: "Field", name: "repository", arguments: "name" }, locations: [{ line: 1, column: 3 }], message: "Field 'repository' is missing required arguments: name" }],
  ['{ user(login: "a", x: 1) { id } }', { path: ["query", "user", "x"], extensions: { code: "argumentNotAccepted", name: "user", typeName: "Field", argumentName: "x" }, locations: [{ line: 1, column: 20 }], message: "Field 'user' doesn't accept argument 'x'" }],
  ["{ user(login: 1) { id } }", { path: ["query", "user", "login"], extensions: { code: "argumentLiteralsIncompatible", typeName: "Field", argumentName: "login" }, locations: [{ line: 1, column: 8 }], message: "Argument 'login' on Field 'user' has an invalid value (1). Expected type 'String!'." }],
  ["{ viewer { ...F } }", { path: ["query", "viewer", "... F"], extensions: { code: "useAndDefineFragment", fragmentName: "F" }, locations: [{ line: 1, column: 12 }], message: "Fragment F was used, but not defined" }],
  ["{ viewer { login } } fragment F on User { login }", { path: ["fragment F"], extensions: { code: "useAndDefineFragment", fragmentName: "F" }, locations: [{ line: 1, column: 22 }], message: "Fragment F was defined, but not used" }],
  ["{ viewer { ... on Nope { login } } }", { path: ["query", "viewer", "... on Nope"], extensions: { code: "undefinedType", typeName: "Nope" }, locations: [{ line: 1, column: 12 }], message: "No such type Nope, so it can't be a fragment condition" }],
  ["{ viewer { ... on Issue { id } } }", { path: ["query", "viewer", "... on Issue"], extensions: { code: "cannotSpreadFragment", typeName: "Issue", fragmentName: "unknown", parentName: "User" }, locations: [{ line: 1, column: 12 }], message: "Fragment on Issue can't be spread inside User" }],
  ["query Q { user(login: $l) { id } }", { path: ["query Q"], extensions: { code: "variableNotDefined", variableName: "l" }, locations: [{ line: 1, column: 23 }], message: "Variable $l is used by Q but not declared" }],
  ["query($l: String) { viewer { id } }", { path: ["query"], extensions: { code: "variableNotUsed", variableName: "l" }, locations: [{ line: 1, column: 7 }], message: "Variable $l is declared by anonymous query but not used" }],
  ["query($l: Int!) { user(login: $l) { id } }", { path: [], extensions: { code: "variableMismatch", variableName: "l", typeName: "Int!", argumentName: "login", errorMessage: "Type mismatch" }, locations: [{ line: 1, column: 31 }], message: "Type mismatch on variable $l and argument login (Int! / String!)" }],
  ["query($l: String!) { user(login: $l) { id } }", { extensions: { value: null, problems: [{ path: [], explanation: "Expected value to not be null" }] }, locations: [{ line: 1, column: 7 }], message: "Variable $l of type String! was provided invalid value" }],
  ["query A { viewer { id } } query B { viewer { id } }", { message: "An operation name is required" }],
  [
    "{ viewer { repositories(first: 100) { nodes { issues(first: 100) { nodes { labels(first: 100) { nodes { id } } } } } } } }",
    { type: "MAX_NODE_LIMIT_EXCEEDED", message: "By the time this query traverses to the labels connection, it is requesting up to 1,000,000 possible nodes which exceeds the maximum limit of 500,000." },
  ],
  [
    "{ viewer { repositories(first: 100) { nodes { issues(first: 100) { nodes { labels(first: 30) { nodes { id } } a: assignees(first: 30) { nodes { id } } } } } } } }",
    { type: "MAX_NODE_LIMIT_EXCEEDED", message: "This query requests up to 610,100 possible nodes which exceeds the maximum limit of 500,000." },
  ],
])("%s is refused", (query, error) => {
  const { status, body, cost } = graphql.execute({ query }, owner);
  expect({ status, body, cost }).toEqual({ status: 200, body: { errors: [error] }, cost: 0 });
});

const SHOP = 'repository(owner: "octo-demo", name: "shop")';

// Found while it is run: beside what could be read.
test.each<[query: string, data: unknown, error: object]>([
  [`{ viewer { login } ${SHOP} { labels { nodes { id } } } }`, { viewer: { login: "ada" }, repository: { labels: null } }, { type: "MISSING_PAGINATION_BOUNDARIES", path: ["repository", "labels"], locations: [{ line: 1, column: 67 }], message: "You must provide a `first` or `last` value to properly paginate the `labels` connection." }],
  [`{ ${SHOP} { issues(first: 101) { nodes { id } } } }`, { repository: null }, { type: "EXCESSIVE_PAGINATION", path: ["repository", "issues"], locations: [{ line: 1, column: 50 }], message: "Requesting 101 records on the `issues` connection exceeds the `first` limit of 100 records." }],
  [`{ ${SHOP} { labels(last: 1000) { nodes { id } } } }`, { repository: { labels: null } }, { type: "EXCESSIVE_PAGINATION", path: ["repository", "labels"], locations: [{ line: 1, column: 50 }], message: "Requesting 1000 records on the `labels` connection exceeds the `last` limit of 100 records." }],
  [`{ ${SHOP} { labels(first: 5, after: "x") { nodes { id } } } }`, { repository: { labels: null } }, { type: "INVALID_CURSOR_ARGUMENTS", path: ["repository", "labels"], locations: [{ line: 1, column: 50 }], message: "`x` does not appear to be a valid cursor." }],
  ['{ repository(owner: "octo-demo", name: "none") { id } }', { repository: null }, { type: "NOT_FOUND", path: ["repository"], locations: [{ line: 1, column: 3 }], message: "Could not resolve to a Repository with the name 'octo-demo/none'." }],
  ['{ organization(login: "ada") { id } }', { organization: null }, { type: "NOT_FOUND", path: ["organization"], locations: [{ line: 1, column: 3 }], message: "Could not resolve to an Organization with the login of 'ada'." }],
  ['{ user(login: "octo-demo") { id } }', { user: null }, { type: "NOT_FOUND", path: ["user"], locations: [{ line: 1, column: 3 }], message: "Could not resolve to a User with the login of 'octo-demo'." }],
  [`{ ${SHOP} { issue(number: 4) { id } name } }`, { repository: { issue: null, name: "shop" } }, { type: "NOT_FOUND", path: ["repository", "issue"], locations: [{ line: 1, column: 50 }], message: "Could not resolve to an Issue with the number of 4." }],
  [`{ ${SHOP} { pullRequest(number: 1) { id } } }`, { repository: { pullRequest: null } }, { type: "NOT_FOUND", path: ["repository", "pullRequest"], locations: [{ line: 1, column: 50 }], message: "Could not resolve to a PullRequest with the number of 1." }],
  ["mutation { addStar(input: {starrableId: \"x\"}) { clientMutationId } }", { addStar: null }, { type: "UNPROCESSABLE", path: ["addStar"], locations: [{ line: 1, column: 12 }], message: "The simulated GitHub cannot be changed by GraphQL: use the REST API." }],
  ['{ viewer { itemShowcase { hasPinnedItems } } }', null, { type: "NOT_SERVED", path: ["viewer", "itemShowcase"], locations: [{ line: 1, column: 12 }], message: "The simulated GitHub does not serve the field 'User.itemShowcase', which cannot be null." }],
])("%s answers in part", (query, data, error) => {
  expect(graphql.execute({ query }, owner)).toMatchObject({ status: 200, body: { data, errors: [error] } });
});

test("a count needs no bounds", () => {
  expect(graphql.execute({ query: `{ ${SHOP} { issues { totalCount } } }` }, owner).body).toEqual({ data: { repository: { issues: { totalCount: 4 } } } });
});

test("a query that is too heavy times out with 502, or is cut short, by the limits that were set", () => {
  const query = `{ ${SHOP} { name labels(first: 100) { nodes { name } } a: milestones(first: 100) { nodes { title } } } }`;
  const cut = makeGraphql(world, { limits: { resourceWork: 20 } }).execute({ query }, owner);
  expect(cut).toMatchObject({ status: 200, body: { data: { repository: { name: "shop", labels: { nodes: expect.anything() }, a: null } }, errors: [{ type: "RESOURCE_LIMITS_EXCEEDED", path: ["repository", "a"], message: "Resource limits for this query exceeded." }] } });
  const timedOut = makeGraphql(world, { limits: { timeoutWork: 10 } }).execute({ query }, owner, { requestId: "C318:5862" });
  expect({ status: timedOut.status, body: timedOut.body }).toEqual({
    status: 502,
    body: { data: null, errors: [{ message: "Something went wrong while executing your query. This may be the result of a timeout, or it could be a GitHub bug. Please include `C318:5862` when reporting this issue." }] },
  });
});

test("introspection works", () => {
  const { body } = graphql.execute({ query: '{ __type(name: "PullRequest") { kind fields { name } } __schema { queryType { name } } }' }, owner);
  expect(body).toMatchObject({ data: { __type: { kind: "OBJECT", fields: expect.arrayContaining([{ name: "reviewThreads" }]) }, __schema: { queryType: { name: "Query" } } } });
});
