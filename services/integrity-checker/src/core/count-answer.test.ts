import { describe, expect, test } from "@jest/globals";
import { problemsOf } from "@octally/github/graphql-problem";
import { kindNamed } from "@octally/model/registry";
import { readCounts } from "./count-answer.ts";

const [issue, commit, alert] = [kindNamed("issue")!, kindNamed("commit")!, kindNamed("dependabot-alert")!];
const seen = (node: unknown, errors: readonly unknown[] = []): unknown => Object.fromEntries(readCounts([issue, commit, alert], node, 0, problemsOf(errors, { nodes: [node] })));

describe("what GitHub says of one repository", () => {
  test("numbers", () => {
    expect(seen({ issue: { totalCount: 3 }, commit: { target: { history: { totalCount: 7 } } }, dependabot_alert: { totalCount: 0 } })).toEqual({
      issue: { is: "counted", count: 3 },
      commit: { is: "counted", count: 7 },
      "dependabot-alert": { is: "counted", count: 0 },
    });
  });

  test("an empty repository has no default branch: no commits", () => {
    expect(seen({ issue: { totalCount: 0 }, commit: null, dependabot_alert: { totalCount: 0 } })).toMatchObject({ commit: { is: "counted", count: 0 } });
  });

  test("what the token may not see is not zero, and the permission is named: as GitHub names it, else as the kind does", () => {
    const errors = [
      { path: ["nodes", 0, "dependabot_alert"], type: "FORBIDDEN", message: "Resource not accessible by personal access token" },
      { path: ["nodes", 0, "issue"], type: "INSUFFICIENT_SCOPES", message: "Your token has not been granted the required scopes: one of the following scopes: ['repo'], but your token has only been granted the: [''] scopes." },
    ];
    expect(seen({ issue: null, commit: { target: { history: { totalCount: 7 } } }, dependabot_alert: null }, errors)).toMatchObject({
      issue: { is: "cannot-see", permission: "repo" },
      commit: { is: "counted" },
      "dependabot-alert": { is: "cannot-see", permission: "vulnerability_alerts=read" },
    });
  });

  test("a list that is null without a word is not seen either", () => {
    expect(seen({ issue: { totalCount: 1 }, commit: null, dependabot_alert: null })).toMatchObject({ "dependabot-alert": { is: "cannot-see" } });
  });

  test("a repository that is not shown is hidden, not empty and not deleted", () => {
    const hidden = { is: "cannot-see", permission: "metadata=read" };
    expect(seen(null, [{ path: ["nodes", 0], type: "NOT_FOUND", message: "Could not resolve to a node" }])).toMatchObject({ issue: hidden, commit: hidden, "dependabot-alert": hidden });
    expect(seen(null)).toMatchObject({ issue: hidden });
  });

  test("a list that is refused and takes the whole repository with it is the one that is not seen; of the others nothing is known", () => {
    const refused = [{ path: ["nodes", 0, "dependabot_alert"], type: "FORBIDDEN", message: "Resource not accessible by personal access token" }];
    expect(seen(null, refused)).toMatchObject({ issue: { is: "unknown" }, commit: { is: "unknown" }, "dependabot-alert": { is: "cannot-see", permission: "vulnerability_alerts=read" } });
    const elsewhere = [{ path: ["nodes", 1, "dependabot_alert"], type: "FORBIDDEN", message: "Resource not accessible by personal access token" }];
    expect(seen(null, elsewhere)).toMatchObject({ issue: { is: "cannot-see", permission: "metadata=read" } });
  });

  test("a failure of GitHub's is no number and no blindness", () => {
    expect(seen({ issue: null, commit: null, dependabot_alert: null }, [{ path: ["nodes", 0, "issue"], message: "Something broke" }, { path: ["nodes", 0, "commit"], message: "Something broke" }])).toMatchObject({ issue: { is: "unknown" }, commit: { is: "unknown" } });
    expect(seen(null, [{ path: ["nodes", 0], message: "Something broke" }])).toMatchObject({ issue: { is: "unknown" } });
  });
});
