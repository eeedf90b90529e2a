/** Workflows, checks, releases, pages and packages; alerts and advisories: each turn that they can take. */
import { closeAdvisory, draftAdvisory, publishAdvisory, publishGlobalAdvisory, reportAdvisory, updateGlobalAdvisory, withdrawGlobalAdvisory } from "../operations/advisories.ts";
import * as Alerts from "../operations/alerts.ts";
import { createTag, deleteTag, push } from "../operations/branches-and-commits.ts";
import { completeCheckRun, createCheckRun, createCheckSuite, createStatus, requestCheckRunAction, rerequestCheckRun, rerequestCheckSuite, startCheckRun } from "../operations/checks.ts";
import { createDeployment, setDeploymentStatus } from "../operations/deployments.ts";
import { addDeployKey, buildPages, commentOnCommit, deleteDeployKey, dispatchRepository, editProtection, editWiki, protectBranch, publishPackage, unprotectBranch, updatePackage } from "../operations/rare.ts";
import { createRelease, deleteRelease, editRelease, publishRelease, unpublishRelease } from "../operations/releases.ts";
import { completeJob, createWorkflow, dispatchWorkflow, queueJob, requestWorkflowRun, rerun, setWorkflowState, startJob } from "../operations/workflows.ts";
import type { Part } from "./play.ts";
import { later, type Scene } from "./scene.ts";

export function* showAutomation(scene: Scene): Part {
  const { play, place, random } = scene;
  const { world, cast } = play;
  const { repository } = place;
  const actor = cast.owner(random);
  const branch = repository.defaultBranch;
  const [commit] = push(world, { actor, repository, branch, commits: [{ message: "Add a nightly workflow", files: [{ path: ".github/workflows/nightly.yml", status: "added", additions: 30, deletions: 0 }] }] });
  if (commit === undefined) return;
  const { sha } = commit;
  const workflow = createWorkflow(world, { repository, name: "Nightly", path: ".github/workflows/nightly.yml" });
  dispatchWorkflow(world, { actor, workflow, ref: `refs/heads/${branch}` });
  const run = requestWorkflowRun(world, { actor, workflow, event: "workflow_dispatch", branch, sha });
  const job = queueJob(world, { actor, run, name: "deploy", waiting: true, steps: ["Set up job", "Deploy"] });
  yield* later(scene);
  startJob(world, { actor, job });
  yield* later(scene);
  completeJob(world, { actor, job, conclusion: "failure" });
  rerun(world, { actor, run });
  const again = queueJob(world, { actor, run, name: "deploy", steps: ["Set up job", "Deploy"] });
  startJob(world, { actor, job: again });
  yield* later(scene);
  completeJob(world, { actor, job: again, conclusion: "success" });
  setWorkflowState(world, { workflow, state: "disabled_manually" });
  const app = cast.dependabot.user.app;
  if (app !== null) {
    const bot = cast.dependabot.user;
    const suite = createCheckSuite(world, { repository, app, branch, sha });
    const check = createCheckRun(world, { actor: bot, suite, name: "Dependency review" });
    startCheckRun(world, { run: check });
    completeCheckRun(world, { actor: bot, run: check, conclusion: "neutral", title: "Nothing to review", summary: "No dependency changed.", annotations: 1 });
    requestCheckRunAction(world, { actor, run: check });
    rerequestCheckRun(world, { actor, run: check });
    rerequestCheckSuite(world, { actor, suite });
    completeCheckRun(world, { actor: bot, run: createCheckRun(world, { actor: bot, suite, name: "Dependency review" }), conclusion: "success" });
  }
  for (const state of ["pending", "error", "failure", "success"] as const) createStatus(world, { actor, repository, sha, context: "showcase", state });
  yield* later(scene);
  yield* showReleases(scene);
}

function* showReleases(scene: Scene): Part {
  const { play, place, random } = scene;
  const { world } = play;
  const { repository } = place;
  const actor = play.cast.owner(random);
  const sha = repository.commits.at(-1)?.sha ?? "";
  createTag(world, { actor, repository, tag: "showcase", sha });
  deleteTag(world, { actor, repository, tag: "showcase" });
  const release = createRelease(world, { actor, repository, tagName: "v0.0.1-showcase", prerelease: true, name: "Showcase" });
  editRelease(world, { actor, release, prerelease: false, name: "The showcase" });
  unpublishRelease(world, { actor, release });
  publishRelease(world, { actor, release });
  yield* later(scene);
  deleteRelease(world, { actor, release });
  const deployment = createDeployment(world, { actor, repository, sha, ref: repository.defaultBranch, environment: "showcase", transient: true });
  for (const state of ["queued", "in_progress", "error", "inactive"] as const) setDeploymentStatus(world, { actor, deployment, state });
  const rule = protectBranch(world, { actor, repository, name: "showcase" });
  editProtection(world, { actor, rule, requiredApprovals: 2 });
  unprotectBranch(world, { actor, rule });
  deleteDeployKey(world, { actor, repository, key: addDeployKey(world, { actor, repository, title: "showcase", key: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIshowcase" }) });
  editWiki(world, { actor, repository, pages: [{ title: "Home", action: "created" }, { title: "How to begin", action: "edited" }] });
  buildPages(world, { actor, repository });
  updatePackage(world, { actor, repository, version: publishPackage(world, { actor, repository, name: repository.name, version: "0.0.1" }) });
  dispatchRepository(world, { actor, repository, eventType: "on-demand-test" });
  commentOnCommit(world, { actor, repository, sha, body: "Shown once.", path: "README.md", line: 1 });
}

export function* showSecurity(scene: Scene): Part {
  const { play, place, random } = scene;
  const { world, cast } = play;
  const { repository } = place;
  const actor = cast.owner(random);
  const { user: bot } = cast.dependabot;
  const advisory = publishGlobalAdvisory(world, { actor: bot, cveId: null, summary: "left-pad pads on the right", description: "It should not.", severity: "low", ecosystem: "npm", packageName: "left-pad", vulnerableRange: "<= 1.3.0", patchedVersion: null, cvssScore: 3.1, cvssVector: "CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:U/C:N/I:L/A:N", cwes: [] });
  const dependency = Alerts.raiseDependabotAlert(world, { actor: bot, repository, advisory, manifestPath: "package-lock.json", scope: "development" });
  const commitSha = repository.commits.at(-1)?.sha ?? "";
  const code = Alerts.raiseCodeScanningAlert(world, { actor, repository, ruleId: "js/path-injection", ruleName: "Uncontrolled data used in path expression", ruleDescription: "Uncontrolled data used in path expression", severity: "error", securitySeverity: "high", path: "src/index.ts", line: 12, commitSha });
  const secret = Alerts.raiseSecretScanningAlert(world, { actor, repository, secretType: "npm_access_token", secretTypeDisplayName: "npm Access Token", secret: "npm_EXAMPLEshowcase", path: ".npmrc", commitSha, bypassedBy: actor });
  const what = { repository, summary: "Names are shown to everybody", description: "They should not be.", severity: "medium", ecosystem: "npm", packageName: repository.name, vulnerableRange: "< 1.0.1" } as const;
  const [reported, drafted] = [reportAdvisory(world, { actor: cast.outsider(random).user, ...what }), draftAdvisory(world, { actor, ...what })];
  const steps = [
    () => Alerts.dismissDependabotAlert(world, { actor, alert: dependency, reason: "tolerable_risk" }), () => Alerts.reopenDependabotAlert(world, { actor, alert: dependency }),
    () => Alerts.autoDismissDependabotAlert(world, { actor: bot, alert: dependency }), () => Alerts.autoReopenDependabotAlert(world, { actor: bot, alert: dependency }),
    () => Alerts.fixDependabotAlert(world, { actor: bot, alert: dependency }), () => Alerts.reintroduceDependabotAlert(world, { actor: bot, alert: dependency }),
    () => Alerts.dismissCodeScanningAlert(world, { actor, alert: code, reason: "won't fix" }), () => Alerts.reopenCodeScanningAlert(world, { actor, alert: code }), () => Alerts.findCodeScanningAlertInBranch(world, { actor, alert: code }),
    () => Alerts.fixCodeScanningAlert(world, { actor, alert: code }), () => Alerts.findCodeScanningAlertAgain(world, { actor, alert: code }),
    () => Alerts.validateSecret(world, { actor, alert: secret, validity: "active" }), () => Alerts.leakSecret(world, { actor, alert: secret }), () => Alerts.resolveSecretScanningAlert(world, { actor, alert: secret, resolution: "revoked" }), () => Alerts.reopenSecretScanningAlert(world, { actor, alert: secret }),
    () => publishAdvisory(world, { actor, advisory: reported }), () => closeAdvisory(world, { advisory: drafted }),
    () => updateGlobalAdvisory(world, { actor: bot, advisory, severity: "medium" }), () => withdrawGlobalAdvisory(world, { actor: bot, advisory }),
  ];
  for (const step of steps) {
    step();
    yield* later(scene);
  }
}
