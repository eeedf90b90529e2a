import { defineKind } from "../define-kind.ts";
import { keyword } from "../field.ts";
import { refReaders } from "../ref.ts";
import { notYet } from "../sources.ts";

export const branch = defineKind({
  name: "branch",
  description: "A branch and the commit it points at.",
  scope: "repository",
  identity: ["@repository", "name"],
  fields: { name: keyword, sha: keyword },
  fromWebhook: refReaders("branch"),
  sources: notYet,
});
