/** Whether no repository of an organisation can be hidden from these credentials: then one that GitHub shows no more is gone. */
import type { Call } from "@octally/github/call";
import { isJsonObject, textAt } from "@octally/shared/json";
import type { GitHubPort } from "./walks/walk.ts";

/** A classic token of an owner with the scope `repo`, or an App that is installed on all repositories. Of a fine-grained token GitHub does not say which it was given. */
export async function seesAllRepositories(github: Pick<GitHubPort, "get">, call: Call, org: string): Promise<boolean> {
  const membership = await github.get({ path: "/user/memberships/orgs/{org}", parameters: { org } }, call);
  if (membership.is === "found") {
    const { data, scopes, hiddenOrganizations } = membership;
    return isJsonObject(data) && textAt(data, "state") === "active" && textAt(data, "role") === "admin" && scopes?.includes("repo") === true && hiddenOrganizations.length === 0;
  }
  const installation = await github.get({ path: "/installation/repositories?per_page=1" }, call);
  return installation.is === "found" && isJsonObject(installation.data) && textAt(installation.data, "repository_selection") === "all";
}
