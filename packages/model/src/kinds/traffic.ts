import { textAt, type JsonObject } from "@octally/shared/json";
import { defineKind } from "../define-kind.ts";
import { count, date, keyword, nullable, orNothing, title } from "../field.ts";
import { noWay, type Around, type Sources } from "../sources.ts";

/** GitHub forgets after 14 days: what is read each day is kept. */
const DAYS_OF_GITHUB = 14;

const sources: Sources = {
  graphql: noWay("GraphQL does not know traffic."),
  rest: { toInput: ofItem },
  list: [
    {
      by: "rest",
      of: "repository",
      path: "/repos/{owner}/{repo}/traffic/views",
      as: { measure: "views" },
      changed: null,
      items: "whole",
      and: [
        { path: "/repos/{owner}/{repo}/traffic/clones", as: { measure: "clones" } },
        { path: "/repos/{owner}/{repo}/traffic/popular/referrers", as: { measure: "referrer" } },
        { path: "/repos/{owner}/{repo}/traffic/popular/paths", as: { measure: "path" } },
      ],
    },
  ],
  one: [{ by: "list" }],
  count: noWay("GitHub forgets after 14 days: there is nothing to compare with."),
  inventory: noWay("GitHub forgets after 14 days: there is nothing to compare with."),
  deletion: { never: "What was counted on a day stays counted." },
  permission: { on: "repository", name: "administration", access: "read", scope: "repo" },
};

/** Referrers and paths are rankings of the last 14 days, so the rank is what identifies one: a path may be longer than an `_id`. */
export const traffic = defineKind({
  name: "traffic",
  description: "How often a repository was looked at or cloned on a day, or in the 14 days before it by one of its ten best referrers or paths.",
  parent: "repository",
  scope: "repository",
  identity: ["@repository", "measure", "day", "rank"],
  fields: {
    /** `views`, `clones`, `referrer` or `path`. */
    measure: keyword,
    /** UTC: the day that was counted; of a ranking the day on which it was read. */
    day: date,
    /** From 1; 0 where there is none. */
    rank: count,
    /** How many days were counted. */
    days: count,
    /** The referrer or the path. */
    name: nullable(keyword),
    title: orNothing(title),
    count,
    uniques: count,
  },
  fromWebhook: {},
  sources,
});

function ofItem(found: JsonObject, { below, observedAt, index }: Around): JsonObject {
  const measure = textAt(below, "measure");
  const counted = { measure, count: found["count"], uniques: found["uniques"] };
  if (measure === "views" || measure === "clones") return { ...counted, day: found["timestamp"], rank: 0, days: 1, name: null };
  const name = measure === "referrer" ? found["referrer"] : found["path"];
  return { ...counted, day: `${observedAt.slice(0, 10)}T00:00:00Z`, rank: index === undefined ? undefined : index + 1, days: DAYS_OF_GITHUB, name, title: found["title"] ?? null };
}
