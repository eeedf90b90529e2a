import { part } from "@octally/shared/json";
import { defineKind } from "../define-kind.ts";
import { account, count, date, flag, link, title } from "../field.ts";
import { nodeId } from "../references.ts";
import { notYet } from "../sources.ts";

/** GitHub tells when one is made, and never again: so it holds what does not change by itself. */
export const fork = defineKind({
  name: "fork",
  description: "A fork of a repository, whoever owns it. Its repository is the one it was made of.",
  parent: "repository",
  scope: "repository",
  identity: ["id"],
  fields: {
    /** The id of the new repository. */
    id: count,
    node_id: nodeId,
    full_name: title,
    owner: account,
    private: flag,
    created_at: date,
    html_url: link,
  },
  fromWebhook: {
    fork: (payload) => {
      const input = part(payload, "forkee");
      return input === undefined ? [] : [{ is: "present", input }];
    },
  },
  sources: notYet,
});
