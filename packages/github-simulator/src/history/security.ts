/** Alerts: found, fixed by an update, dismissed, found again; a repository's own advisories. */
import type * as E from "../world/entities.ts";
import { closeAdvisory, draftAdvisory, publishAdvisory, publishGlobalAdvisory, reportAdvisory, updateGlobalAdvisory } from "../operations/advisories.ts";
import { dismissCodeScanningAlert, dismissDependabotAlert, findCodeScanningAlertAgain, fixCodeScanningAlert, fixDependabotAlert, raiseCodeScanningAlert, raiseDependabotAlert, raiseSecretScanningAlert, reintroduceDependabotAlert, reopenDependabotAlert, resolveSecretScanningAlert, validateSecret } from "../operations/alerts.ts";
import { DAY, HOUR } from "./calendar.ts";
import { colleague, type Place } from "./place.ts";
import { isClosed, type Part, type Play, start, until } from "./play.ts";
import type { Random } from "./random.ts";
import type { Process } from "./schedule.ts";
import { file, packageName } from "./texts.ts";

const SEVERITIES = ["low", "medium", "medium", "high", "high", "critical"] as const;
const CWES = [{ id: "CWE-79", name: "Improper Neutralization of Input During Web Page Generation ('Cross-site Scripting')" }, { id: "CWE-400", name: "Uncontrolled Resource Consumption" }, { id: "CWE-502", name: "Deserialization of Untrusted Data" }, { id: "CWE-22", name: "Improper Limitation of a Pathname to a Restricted Directory ('Path Traversal')" }];
const RULES = [["java/sql-injection", "Query built from user-controlled sources", "error", "high"], ["js/xss", "Client-side cross-site scripting", "error", "medium"], ["py/unused-import", "Unused import", "note", null], ["java/potentially-weak-cryptographic-algorithm", "Use of a potentially broken or risky cryptographic algorithm", "warning", "high"], ["js/incomplete-sanitization", "Incomplete string escaping or encoding", "warning", "high"]] as const;
const SECRETS = [["aws_access_key_id", "Amazon AWS Access Key ID", "AKIAEXAMPLE"], ["slack_incoming_webhook_url", "Slack Incoming Webhook URL", "https://hooks.slack.example/services/T0/B0/"], ["npm_access_token", "npm Access Token", "npm_EXAMPLE"]] as const;
/** Advisories that the alerts of one world are about; many alerts share one. */
const ADVISORIES = 60;

export function* alerts(play: Play, place: Place): Process {
  const { world, options } = play;
  const { plan, repository } = place;
  const random = play.streams("alerts", plan.number);
  const expected = options.ratios.alertsPerRepository * random.logNormal(0.6, 1);
  if (expected < 0.01) return;
  for (;;) {
    yield world.now() + random.exponential((options.end - options.start) / expected);
    if (isClosed(repository)) return;
    const draw = random.next();
    const life = draw < 0.62 ? dependabot(play, place, random.fork()) : draw < 0.86 ? codeScanning(play, place, random.fork()) : draw < 0.96 ? secret(play, place, random.fork()) : ownAdvisory(play, place, random.fork());
    start(play, life);
  }
}

export function advisoryFor({ world, cast }: Play, random: Random): E.GlobalAdvisory {
  const known = random.chance(0.6) || world.advisories.size >= ADVISORIES ? random.pickMaybe([...world.advisories.values()]) : undefined;
  if (known !== undefined) return known;
  const name = packageName(random);
  const severity = random.pick(SEVERITIES);
  const major = random.integer(1, 8);
  return publishGlobalAdvisory(world, {
    actor: cast.dependabot.user, cveId: random.chance(0.9) ? `CVE-${new Date(world.now()).getUTCFullYear()}-${random.integer(10_000, 59_999)}` : null, summary: `${name} can be made to use too much memory`, description: `A long input makes \`${name}\` fail. Update it.`,
    severity, ecosystem: random.pick(["npm", "maven", "pip"]), packageName: name, vulnerableRange: `< ${major}.2.4`, patchedVersion: random.chance(0.9) ? `${major}.2.4` : null,
    cvssScore: { low: 3.1, medium: 5.3, high: 7.5, critical: 9.8 }[severity], cvssVector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H", cwes: [random.pick(CWES)],
  });
}

function* dependabot(play: Play, place: Place, random: Random): Process {
  const { world, cast } = play;
  const { repository } = place;
  const advisory = advisoryFor(play, random);
  if (random.chance(0.08)) updateGlobalAdvisory(world, { actor: cast.dependabot.user, advisory, severity: random.pick(SEVERITIES) });
  const { user: actor } = cast.dependabot;
  const alert = raiseDependabotAlert(world, { actor, repository, advisory, manifestPath: random.pick(["package-lock.json", "build.gradle", "requirements.txt"]), scope: random.pick(["runtime", "development"] as const) });
  const member = yield* wait(play, place, random.logNormal(20 * DAY, 1.3), random);
  if (member === undefined || random.chance(0.2)) return;
  if (random.chance(0.8)) fixDependabotAlert(world, { actor: random.chance(0.5) ? member : actor, alert });
  else dismissDependabotAlert(world, { actor: member, alert, reason: random.pick(["fix_started", "inaccurate", "no_bandwidth", "not_used", "tolerable_risk"] as const), comment: random.chance(0.5) ? "Not reachable from our code" : null });
  if (!random.chance(0.07)) return;
  const later = yield* wait(play, place, random.logNormal(30 * DAY, 1), random);
  if (later === undefined) return;
  if (alert.state === "fixed") reintroduceDependabotAlert(world, { actor: later, alert });
  else if (alert.state === "dismissed") reopenDependabotAlert(world, { actor: later, alert });
}

function* codeScanning(play: Play, place: Place, random: Random): Process {
  const { world, cast } = play;
  const { repository } = place;
  const commitSha = repository.commits.at(-1)?.sha;
  if (commitSha === undefined) return;
  const [ruleId, ruleName, severity, securitySeverity] = random.pick(RULES);
  const { user: actor } = cast.actions;
  const alert = raiseCodeScanningAlert(world, { actor, repository, ruleId, ruleName, ruleDescription: ruleName, severity, securitySeverity, path: file(random), line: random.integer(1, 300), commitSha });
  const member = yield* wait(play, place, random.logNormal(15 * DAY, 1.4), random);
  if (member === undefined || random.chance(0.25)) return;
  if (random.chance(0.3)) {
    dismissCodeScanningAlert(world, { actor: member, alert, reason: random.pick(["false positive", "won't fix", "used in tests"] as const) });
    return;
  }
  fixCodeScanningAlert(world, { actor, alert, commitSha: repository.commits.at(-1)?.sha ?? commitSha });
  if (!random.chance(0.1)) return;
  if ((yield* wait(play, place, random.exponential(20 * DAY), random)) !== undefined) findCodeScanningAlertAgain(world, { actor, alert });
}

function* secret(play: Play, place: Place, random: Random): Process {
  const { world } = play;
  const { repository } = place;
  const commit = repository.commits.at(-1);
  const pusher = colleague(play, place, random);
  if (commit === undefined || pusher === undefined) return;
  const [secretType, secretTypeDisplayName, prefix] = random.pick(SECRETS);
  const alert = raiseSecretScanningAlert(world, { actor: pusher.user, repository, secretType, secretTypeDisplayName, secret: `${prefix}${random.integer(1e8, 1e9)}`, path: "config/default.yml", commitSha: commit.sha, bypassedBy: random.chance(0.2) ? pusher.user : null });
  const member = yield* wait(play, place, random.logNormal(2 * DAY, 1.2), random);
  if (member === undefined) return;
  if (random.chance(0.4)) validateSecret(world, { actor: member, alert, validity: random.pick(["active", "inactive"] as const) });
  if (random.chance(0.85)) resolveSecretScanningAlert(world, { actor: member, alert, resolution: random.pick(["revoked", "revoked", "false_positive", "used_in_tests", "wont_fix"] as const), comment: random.chance(0.3) ? "Rotated" : null });
}

function* ownAdvisory(play: Play, place: Place, random: Random): Process {
  const { world, cast } = play;
  const { repository } = place;
  if (repository.visibility !== "public") return;
  const what = { repository, summary: `${repository.name} lets readers see more than they should`, description: "Filters are not applied to suggestions.", severity: random.pick(SEVERITIES), ecosystem: "maven", packageName: `org.example:${repository.name}`, vulnerableRange: "< 2.4.1", patchedVersions: "2.4.1" };
  const advisory = random.chance(0.6) ? reportAdvisory(world, { actor: cast.outsider(random).user, ...what }) : draftAdvisory(world, { actor: cast.owner(random), ...what });
  const member = yield* wait(play, place, random.logNormal(20 * DAY, 0.8), random);
  if (member === undefined) return;
  if (random.chance(0.75)) publishAdvisory(world, { actor: cast.owner(random), advisory });
  else closeAdvisory(world, { advisory });
}

/** Until somebody of the squad takes care; nobody where the repository is closed by then. */
function* wait(play: Play, place: Place, delayMs: number, random: Random): Part<E.User | undefined> {
  const member = colleague(play, place, random);
  if (member === undefined) return undefined;
  yield* until(play, member, delayMs + HOUR / 10, random);
  return isClosed(place.repository) || member.user.deleted ? undefined : member.user;
}
