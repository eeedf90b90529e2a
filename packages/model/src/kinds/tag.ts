import { defineKind } from "../define-kind.ts";
import { keyword } from "../field.ts";
import { refReaders } from "../ref.ts";
import { notYet } from "../sources.ts";

export const tag = defineKind({
  name: "tag",
  description: "A tag and what it points at: a commit, or the tag object of an annotated one.",
  scope: "repository",
  identity: ["@repository", "name"],
  fields: { name: keyword, sha: keyword },
  fromWebhook: refReaders("tag"),
  sources: notYet,
});
