/** A repository that everything happens to; a team that comes and goes; people who are blocked, renamed, deleted. */
import { createUser, deleteUser, renameUser } from "../operations/accounts.ts";
import { push } from "../operations/branches-and-commits.ts";
import { addCollaborator, changeCollaborator, removeCollaborator } from "../operations/collaborators.ts";
import { comment } from "../operations/conversations.ts";
import { createLabel, closeMilestone, createMilestone, deleteLabel, deleteMilestone, editLabel, editMilestone, reopenMilestone } from "../operations/labels-and-milestones.ts";
import { openIssue } from "../operations/issues.ts";
import { addMember, blockUser, convertToOutsideCollaborator, inviteMember, removeMember, unblockUser } from "../operations/organization.ts";
import { archiveRepository, createRepository, deleteRepository, editRepository, privatizeRepository, publicizeRepository, renameRepository, transferRepository, unarchiveRepository } from "../operations/repository.ts";
import { addTeamMember, addTeamRepository, changeTeamRepository, createTeam, deleteTeam, editTeam, removeTeamMember, removeTeamRepository } from "../operations/teams.ts";
import { forkOf } from "./audience.ts";
import type { Part } from "./play.ts";
import { later, type Scene } from "./scene.ts";

export function* showRepository(scene: Scene): Part {
  const { play, random } = scene;
  const { world, organization, cast } = play;
  const actor = cast.owner(random);
  const outsider = cast.outsider(random).user;
  const repository = createRepository(world, { actor, owner: organization, name: "sandbox", visibility: "private", description: "To try things out" });
  push(world, { actor, repository, branch: "main", commits: [{ message: "Initial commit", files: [{ path: "README.md", status: "added", additions: 1, deletions: 0 }] }] });
  const steps = [
    () => editRepository(world, { actor, repository, description: "To try everything out", topics: ["sandbox"] }),
    () => publicizeRepository(world, { actor, repository }),
    () => addCollaborator(world, { actor, repository, user: outsider, permission: "push" }),
    () => changeCollaborator(world, { actor, repository, user: outsider, permission: "maintain" }),
    () => removeCollaborator(world, { actor, repository, user: outsider }),
    () => renameRepository(world, { actor, repository, name: "playground-of-all" }),
    () => privatizeRepository(world, { actor, repository }),
    () => archiveRepository(world, { actor, repository }),
    () => unarchiveRepository(world, { actor, repository }),
    () => publicizeRepository(world, { actor, repository }),
    () => transferRepository(world, { actor, repository, owner: actor }),
    () => deleteRepository(world, { actor, repository }),
  ];
  for (const step of steps) {
    if (repository.deleted) return;
    step();
    yield* later(scene);
  }
}

export function* showTeam(scene: Scene): Part {
  const { play, place, random } = scene;
  const { world, organization, cast } = play;
  const { repository } = place;
  const actor = cast.owner(random);
  const team = createTeam(world, { actor, organization, name: "task force", description: "For a short time", privacy: "secret" });
  const label = createLabel(world, { actor, repository, name: "task-force", color: "123abc" });
  const milestone = createMilestone(world, { actor, repository, title: "Task force is done" });
  const steps = [
    () => addTeamMember(world, { actor, team, user: actor, role: "maintainer" }),
    () => addTeamRepository(world, { actor, team, repository, permission: "push" }),
    () => changeTeamRepository(world, { actor, team, repository, permission: "admin" }),
    () => editTeam(world, { actor, team, name: "Task Force One", privacy: "closed" }),
    () => editLabel(world, { actor, label, name: "task-force-one", color: "abc123" }),
    () => editMilestone(world, { actor, milestone, title: "Task Force One is done", dueOn: world.now() }),
    () => closeMilestone(world, { actor, milestone }),
    () => reopenMilestone(world, { actor, milestone }),
    () => deleteMilestone(world, { actor, milestone }),
    () => deleteLabel(world, { actor, label }),
    () => removeTeamMember(world, { actor, team, user: actor }),
    () => removeTeamRepository(world, { actor, team, repository }),
    () => deleteTeam(world, { actor, team }),
  ];
  for (const step of steps) {
    step();
    yield* later(scene);
  }
}

/** Two accounts come; one is renamed and becomes a member for a while, the other is blocked and goes for good: what it wrote is the ghost's. */
export function* showPeople(scene: Scene): Part {
  const { play, place, random } = scene;
  const { world, organization, cast } = play;
  const { repository } = place;
  const actor = cast.owner(random);
  const friend = createUser(world, { login: "short-lived-name", name: "Sam Weiss" });
  const troll = createUser(world, { login: "soon-a-ghost", name: "Nobody" });
  const issue = openIssue(world, { actor: troll, repository, title: "This is all wrong", body: "Everything." });
  comment(world, { actor: troll, on: issue, body: "Nobody answers?" });
  forkOf(play, repository, troll);
  const steps = [
    () => inviteMember(world, { actor, organization, user: friend }),
    () => renameUser(world, { user: friend, login: "long-lived-name" }),
    () => addMember(world, { actor: friend, organization, user: friend }),
    () => addCollaborator(world, { actor, repository, user: friend, permission: "admin" }),
    () => convertToOutsideCollaborator(world, { actor, organization, user: friend }),
    () => addMember(world, { actor: friend, organization, user: friend, isPublic: true }),
    () => removeMember(world, { actor, organization, user: friend }),
    () => blockUser(world, { actor, organization, user: troll }),
    () => unblockUser(world, { actor, organization, user: troll }),
    () => deleteUser(world, { user: troll }),
  ];
  for (const step of steps) {
    step();
    yield* later(scene);
  }
}
