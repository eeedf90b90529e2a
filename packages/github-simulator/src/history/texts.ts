/** Titles and texts, from pools: a hundred thousand pull requests share some thousands of strings. */
import type { Random } from "./random.ts";

const VERBS = ["Fix", "Handle", "Avoid", "Add", "Remove", "Simplify", "Speed up", "Document", "Test", "Deprecate", "Rework", "Validate", "Cache", "Log"];
const THINGS = ["the retry loop", "empty cursors", "time zones in date ranges", "the connection pool", "nested filters", "index templates", "the settings page", "shard allocation", "the token refresh", "null values in aggregations", "the release script", "large uploads", "the search box", "bulk failures", "the health endpoint", "parser errors", "role mappings", "slow queries", "memory use of the cache", "the CSV export"];
const PLACES = ["", "", "", " in the client", " on Windows", " when the cluster is red", " for anonymous users", " behind a proxy", " after a restart", " with many tenants"];
const ISSUE_STARTS = ["[BUG]", "[Feature request]", "", "", "[Flaky test]", "[Docs]", "[RFC]"];
const ISSUE_MIDDLES = ["Wrong result from", "Exception in", "No way to configure", "Time-out in", "Unclear message about", "Regression in", "Please support changes to", "Memory grows with"];
const COMMIT_EXTRAS = ["Address review", "Fix tests", "Apply suggestions from code review", "Fix lint", "Rename as discussed", "Add a test", "Update changelog", "Handle the edge case", "Revert the last experiment", "Merge branch 'main' into feature"];
const BODIES = [
  "### Description\nSee the title. The old code assumed that there is always a next page.\n\n### Check list\n- [x] Tests\n- [x] Commits are signed off\n- [ ] Documentation",
  "This came up while debugging a customer's cluster. The stack trace was:\n\n```\njava.lang.IllegalStateException: no route\n  at org.example.Router.find(Router.java:114)\n```\n\nI could not find a smaller change.",
  "Small one.",
  "Steps to reproduce:\n1. Start two nodes\n2. Stop one while a bulk request runs\n3. Look at the numbers\n\nExpected: they add up. They do not. 🤔",
  "Follow-up as agreed in the last meeting; the behaviour is behind a setting and off by default.\n\n| before | after |\n|---|---|\n| 240 ms | 31 ms |",
  "**Is your feature request related to a problem?**\nYes: everybody writes the same script.\n\n**What solution would you like?**\nA setting.\n\n**What alternatives have you considered?**\nThe script.",
  "Größere Änderung, sorry – the diff is mostly generated code. 日本語のテストも追加しました。",
  "Signed-off-by: see commits\n\nThis reverts the part that broke the nightly build and keeps the rest.",
];
const COMMENTS = [
  "Thanks, looks reasonable to me.", "Could you add a test for the empty case?", "I can reproduce this on main.", "LGTM 🚀", "What happens when the request is retried?", "CI failure looks unrelated, rerunning.",
  "Any update on this?", "Sorry for the delay, I was on vacation. Will look tomorrow.", "This also affects 2.x, should we backport?", "```json\n{\"took\": 31, \"timed_out\": false}\n```\nThis is what I get.", "+1, we need this too.",
  "I don't think this is the right layer. The caller already knows the answer.", "Moved the discussion to the next community meeting.", "Let's keep it simple for now and follow up.", "Closing the loop: measured it, about 8 % faster.", "Do you still see this with the latest release?",
];
const REVIEW_COMMENTS = [
  "Nit: rename?", "Why not a map here?", "This allocates on every call.", "Is this thread-safe?", "```suggestion\n    return Optional.empty();\n```", "Please extract this, the method is getting long.", "Good catch.", "Missing null check?",
  "Could be `const`.", "Do we need this dependency?", "The comment says the opposite of the code.", "What about negative numbers?", "+1", "Leftover?", "This changes the wire format.", "I would log that at debug.",
];
const REVIEW_BODIES = ["Thanks! A few remarks.", "LGTM", "Looks good, one question.", "Please see the comments.", "I think this needs another approach, see below.", "Nice work 👏"];
const FILES = ["README.md", "CHANGELOG.md", "package.json", "build.gradle", ".github/workflows/ci.yml", "src/main/Router.java", "src/main/QueryParser.java", "src/main/Cache.java", "src/test/RouterTest.java", "src/test/QueryParserTest.java", "src/index.ts", "src/client.ts", "src/settings.ts", "src/components/Table.tsx", "src/components/Filter.tsx", "test/client.test.ts", "docs/setup.md", "docs/api.md", "scripts/release.sh", "lib/parser.py", "lib/bulk.py", "tests/test_bulk.py", "config/default.yml", "Dockerfile"];
const DISCUSSIONS = ["How do I configure", "Idea: better defaults for", "Show and tell: we replaced", "What is the plan for", "Best practice for", "Poll: who uses"];

const combined = new Map<string, string>();
/** One string for each combination, however often it is used. */
function combine(...parts: readonly string[]): string {
  const text = parts.filter((part) => part !== "").join(" ");
  const known = combined.get(text);
  if (known !== undefined) return known;
  combined.set(text, text);
  return text;
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

export const pullRequestTitle = (random: Random): string => combine(random.pick(VERBS), random.pick(THINGS), random.pick(PLACES).trim());
export const issueTitle = (random: Random): string => combine(random.pick(ISSUE_STARTS), random.pick(ISSUE_MIDDLES), random.pick(THINGS), random.pick(PLACES).trim());
export const discussionTitle = (random: Random): string => combine(random.pick(DISCUSSIONS), random.pick(THINGS));
export const draftTitle = (random: Random): string => combine("Look into", random.pick(THINGS));
export const milestoneTitle = (version: string): string => combine(version);
export const commitMessage = (random: Random, title: string, first: boolean): string => (first ? title : random.pick(COMMIT_EXTRAS));
export const body = (random: Random): string | null => (random.chance(0.07) ? null : random.pick(BODIES));
export const comment = (random: Random): string => random.pick(COMMENTS);
export const reviewComment = (random: Random): string => random.pick(REVIEW_COMMENTS);
export const reviewBody = (random: Random): string => random.pick(REVIEW_BODIES);
export const file = (random: Random): string => random.pick(FILES);
export const bigFile = (number: number): string => combine(`src/generated/Model${number % 400}.java`);
export const topicName = (random: Random): string => capital(random.pick(THINGS));

const PACKAGES = ["lodash", "axios", "webpack", "jackson-databind", "log4j-core", "requests", "urllib3", "minimist", "semver", "express", "netty-codec", "guava", "@types/node", "jest", "typescript", "actions/checkout", "braces", "ws"];
export const packageName = (random: Random): string => random.pick(PACKAGES);
export const dependencyTitle = (random: Random): string => {
  const [major, minor] = [random.integer(1, 6), random.integer(0, 9)];
  return combine("Bump", random.pick(PACKAGES), `from ${major}.${minor}.0 to ${major}.${minor + 1}.0`);
};
