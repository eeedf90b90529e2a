import { expect, jest, test } from "@jest/globals";
import { push } from "@octally/github-simulator/operations/branches-and-commits";
import { addSubIssue, openIssue } from "@octally/github-simulator/operations/issues";
import { openPullRequest } from "@octally/github-simulator/operations/pull-requests";
import { createRepository, deleteRepository, renameRepository, transferRepository } from "@octally/github-simulator/operations/repository";
import { fork } from "@octally/github-simulator/operations/stars-forks-watchers";
import { transferIssue } from "@octally/github-simulator/operations/transfers";
import { createUser } from "@octally/github-simulator/operations/accounts";
import { differences, storedIn } from "../test/differences.ts";
import { makeJobWorld } from "../test/job-world.ts";
import { simulateGitHub, type SimulatedGitHub } from "../test/simulated-github.ts";
import { makeWebhooks } from "../test/simulated-webhooks.ts";

jest.setTimeout(60_000);

const KINDS = ["repository", "issue", "pull-request", "timeline-event"];

/** A repository, and another one that refers to it: by a parent issue, an issue that came from there, a pull request of its fork. */
function addPair({ world, organization }: SimulatedGitHub) {
  const actor = organization.members[0]!.user;
  const made = (name: string) => {
    const repository = createRepository(world, { actor, owner: organization, name });
    push(world, { actor, repository, branch: "main", commits: [{ message: "First" }] });
    return repository;
  };
  const here = made("here");
  const there = fork(world, { actor, repository: here, owner: organization, name: "there" });
  push(world, { actor, repository: there, branch: "better", commits: [{ message: "Second" }] });
  openPullRequest(world, { actor, repository: here, title: "From the fork", head: { repository: there, branch: "better" } });
  addSubIssue(world, { actor, parent: openIssue(world, { actor, repository: there, title: "All" }), child: openIssue(world, { actor, repository: here, title: "A part" }) });
  transferIssue(world, { actor, issue: openIssue(world, { actor, repository: there, title: "Wrong place" }), to: here });
  return { actor, here, there };
}

test.each([
  ["renamed", 0],
  ["transferred", 20],
  ["deleted", 20],
])("%s: what refers to it elsewhere follows, for at most %d requests", async (how, most) => {
  const webhooks = makeWebhooks();
  const simulated = simulateGitHub({ repositories: 1, pullRequests: 3, receivers: webhooks.receivers });
  const { actor, there } = addPair(simulated);
  simulated.clock.moveTo(simulated.clock.now() + 60_000);
  const world = makeJobWorld(simulated);
  await world.send({ type: "discover", run: "r1", part: "r1:octo-demo", turn: 0, source: "octo-demo", since: null, until: null, kinds: KINDS });
  await world.drain();
  const naming = () => KINDS.flatMap((kind) => world.store.sources(kind)).filter((line) => line.includes('"full_name":"octo-demo/there"'));
  expect(naming().length).toBeGreaterThanOrEqual(3);
  webhooks.connect(simulated, world, ["repository"]);
  simulated.clock.moveTo(simulated.clock.now() + 60_000);
  const asked = simulated.requests();
  if (how === "renamed") renameRepository(simulated.world, { actor, repository: there, name: "elsewhere" });
  else if (how === "deleted") deleteRepository(simulated.world, { actor, repository: there });
  else transferRepository(simulated.world, { actor, repository: there, owner: createUser(simulated.world, { login: "new-home" }) });
  await simulated.settle();
  await world.drain();
  // Of the fork that the other repository has no more nobody tells: the next look at its counts finds it.
  expect(differences(simulated, storedIn(world.store), KINDS.slice(1))).toEqual([]);
  expect(simulated.requests() - asked).toBeLessThanOrEqual(most);
});
