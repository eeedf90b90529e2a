/**
 * The body of the webhook for each thing that can happen. Rendered at the moment it happens: what it says is how the world is then.
 */
import type { Repository } from "../world/entities.ts";
import type { EventName, Happening } from "../world/happening.ts";
import { toOrganization, toUser } from "../shapes/account.ts";
import { toPushRepository, toWebhookRepository } from "../shapes/repository.ts";
import type { Json, Shaping } from "../shapes/shaping.ts";
import {
  checkRunBody, checkSuiteBody, deploymentBody, deploymentStatusBody, mergeGroupBody, statusBody, workflowDispatchBody, workflowJobBody, workflowRunBody,
} from "./payload-automation.ts";
import { commitCommentBody, gollumBody, packageBody, pageBuildBody, pushBody, refBody, releaseBody } from "./payload-code.ts";
import { discussionBody, discussionCommentBody, issueCommentBody, issuesBody, labelBody, milestoneBody, subIssuesBody } from "./payload-issue.ts";
import { memberBody, membershipBody, organizationBody, orgBlockBody, repositoryOfTeam, teamAddBody, teamBody } from "./payload-people.ts";
import { projectBody, projectItemBody } from "./payload-project.ts";
import { pullRequestBody, reviewBody, reviewCommentBody, reviewThreadBody } from "./payload-pull-request.ts";
import { branchProtectionBody, deployKeyBody, forkBody, hookBody, pingBody, repositoryBody, repositoryDispatchBody, starBody } from "./payload-repository.ts";
import { advisoryBody, codeScanningBody, dependabotBody, repositoryAdvisoryBody, secretLocationBody, secretScanningBody, vulnerabilityBody } from "./payload-security.ts";

export type Payload = { readonly event: EventName; readonly action: string | null; readonly payload: Json };

/** `installation`: of the app whose hook it is for; hooks of repositories and organisations have none. */
export function toPayload(happening: Happening, s: Shaping, installation: { readonly id: number } | null = null): Payload {
  const { event, action } = happening;
  const payload = {
    ...(action === null ? {} : { action }),
    ...bodyOf(s, happening),
    ...placeOf(s, happening),
    ...(event === "security_advisory" ? {} : { sender: toUser(s, happening.actor) }),
    ...(installation === null || event === "ping" ? {} : { installation: { id: installation.id, node_id: Buffer.from(`023:IntegrationInstallation${installation.id}`).toString("base64") } }),
  };
  return { event, action, payload };
}

/** Where it happened: the repository, and the organisation that owns it. */
function placeOf(s: Shaping, happening: Happening): Json {
  const repository = "repository" in happening ? happening.repository : hookTarget(happening, "visibility");
  const owner = repository?.owner.type === "Organization" ? repository.owner : null;
  const organization = "organization" in happening ? happening.organization : (owner ?? hookTarget(happening, "members"));
  return {
    ...(repository === undefined || repository === null ? {} : { repository: repositoryOf(s, happening, repository) }),
    ...(organization === null ? {} : { organization: toOrganization(s, organization) }),
  };
}

function repositoryOf(s: Shaping, happening: Happening, repository: Repository): Json {
  if (happening.event === "push") return toPushRepository(s, repository);
  return happening.event === "team" ? repositoryOfTeam(s, happening.team, repository) : toWebhookRepository(s, repository);
}

/** A hook tells of itself from where it hangs. */
function hookTarget<K extends "visibility" | "members">(happening: Happening, key: K) {
  if (happening.event !== "ping" && happening.event !== "meta") return null;
  const { target } = happening.hook;
  return key in target ? (target as Extract<typeof target, Record<K, unknown>>) : null;
}

function bodyOf(s: Shaping, happening: Happening): Json {
  switch (happening.event) {
    case "issues":
      return issuesBody(s, happening);
    case "sub_issues":
      return subIssuesBody(s, happening);
    case "issue_comment":
      return issueCommentBody(s, happening);
    case "label":
      return labelBody(s, happening);
    case "milestone":
      return milestoneBody(s, happening);
    case "discussion":
      return discussionBody(s, happening);
    case "discussion_comment":
      return discussionCommentBody(s, happening);
    case "pull_request":
      return pullRequestBody(s, happening);
    case "pull_request_review":
      return reviewBody(s, happening);
    case "pull_request_review_comment":
      return reviewCommentBody(s, happening);
    case "pull_request_review_thread":
      return reviewThreadBody(s, happening);
    case "push":
      return pushBody(s, happening);
    case "create":
    case "delete":
      return refBody(happening);
    case "commit_comment":
      return commitCommentBody(s, happening);
    case "release":
      return releaseBody(s, happening);
    case "gollum":
      return gollumBody(s, happening);
    case "page_build":
      return pageBuildBody(s, happening);
    case "package":
    case "registry_package":
      return packageBody(s, happening);
    case "status":
      return statusBody(s, happening);
    case "check_run":
      return checkRunBody(s, happening);
    case "check_suite":
      return checkSuiteBody(s, happening);
    case "workflow_run":
      return workflowRunBody(s, happening);
    case "workflow_job":
      return workflowJobBody(s, happening);
    case "workflow_dispatch":
      return workflowDispatchBody(happening);
    case "deployment":
      return deploymentBody(s, happening);
    case "deployment_status":
      return deploymentStatusBody(s, happening);
    case "merge_group":
      return mergeGroupBody(happening);
    case "star":
      return starBody(happening);
    case "watch":
    case "public":
      return {};
    case "fork":
      return forkBody(s, happening);
    case "repository":
      return repositoryBody(s, happening);
    case "repository_dispatch":
      return repositoryDispatchBody(happening);
    case "branch_protection_rule":
      return branchProtectionBody(happening);
    case "deploy_key":
      return deployKeyBody(s, happening);
    case "meta":
      return hookBody(s, happening);
    case "ping":
      return pingBody(s, happening);
    case "member":
      return memberBody(s, happening);
    case "membership":
      return membershipBody(s, happening);
    case "organization":
      return organizationBody(s, happening);
    case "org_block":
      return orgBlockBody(s, happening);
    case "team":
      return teamBody(s, happening);
    case "team_add":
      return teamAddBody(s, happening);
    case "projects_v2":
      return projectBody(s, happening);
    case "projects_v2_item":
      return projectItemBody(s, happening);
    case "dependabot_alert":
      return dependabotBody(s, happening);
    case "repository_vulnerability_alert":
      return vulnerabilityBody(s, happening);
    case "code_scanning_alert":
      return codeScanningBody(s, happening);
    case "secret_scanning_alert":
      return secretScanningBody(s, happening);
    case "secret_scanning_alert_location":
      return secretLocationBody(s, happening);
    case "repository_advisory":
      return repositoryAdvisoryBody(s, happening);
    case "security_advisory":
      return advisoryBody(happening);
    default:
      return happening satisfies never;
  }
}
