/** A repository's labels and milestones themselves; putting them on something is in conversations.ts. */
import type * as E from "../world/entities.ts";
import type { World } from "../world/world.ts";
import { freshId } from "./first-ids.ts";
import { addLabel } from "./repository.ts";
import { edit, isEmpty, touch } from "./touch.ts";

type By = { readonly actor: E.User };

export function createLabel(world: World, { actor, repository, name, color = "ededed", description = null }: By & Pick<E.Label, "repository" | "name"> & Partial<Pick<E.Label, "color" | "description">>): E.Label {
  const label = addLabel(world, { repository, name, color, description, isDefault: false });
  world.emit({ at: world.now(), actor, event: "label", action: "created", repository, label });
  return label;
}

export function editLabel(world: World, { actor, label, ...wanted }: By & { readonly label: E.Label } & Partial<Pick<E.Label, "name" | "color" | "description">>): void {
  const changes = edit(world, label, wanted);
  if (isEmpty(changes)) return;
  touch(world, label);
  world.emit({ at: world.now(), actor, event: "label", action: "edited", repository: label.repository, label, changes });
}

/** It is gone from whatever it was on, silently. */
export function deleteLabel(world: World, { actor, label }: By & { readonly label: E.Label }): void {
  const { repository } = label;
  for (const thing of [repository.issues, repository.pullRequests, repository.discussions].flat()) world.journal.remove(thing, "labels", label);
  world.journal.remove(repository, "labels", label);
  world.forget("Label", label.id);
  world.emit({ at: world.now(), actor, event: "label", action: "deleted", repository, label });
}

type Of = By & { readonly milestone: E.Milestone };

export function createMilestone(world: World, { actor, repository, title, description = null, dueOn = null }: By & Pick<E.Milestone, "repository" | "title"> & Partial<Pick<E.Milestone, "description" | "dueOn">>): E.Milestone {
  const now = world.now();
  const number = repository.nextMilestoneNumber;
  world.journal.set(repository, "nextMilestoneNumber", number + 1);
  const milestone: E.Milestone = { id: freshId(world, "milestone"), repository, number, title, description, state: "open", creator: actor, dueOn, createdAt: now, updatedAt: now, closedAt: null, openIssues: 0, closedIssues: 0 };
  world.journal.push(repository, "milestones", milestone);
  world.register("Milestone", milestone.id, milestone);
  world.emit({ at: now, actor, event: "milestone", action: "created", repository, milestone });
  return milestone;
}

export function editMilestone(world: World, { actor, milestone, dueOn, ...wanted }: Of & Partial<Pick<E.Milestone, "title" | "description" | "dueOn">>): void {
  const changes = edit(world, milestone, wanted);
  if (dueOn !== undefined && dueOn !== milestone.dueOn) {
    changes["due_on"] = { from: milestone.dueOn === null ? null : `${new Date(milestone.dueOn).toISOString().slice(0, 19)}Z` };
    world.journal.set(milestone, "dueOn", dueOn);
  }
  if (isEmpty(changes)) return;
  touch(world, milestone);
  world.emit({ at: world.now(), actor, event: "milestone", action: "edited", repository: milestone.repository, milestone, changes });
}

export function closeMilestone(world: World, { actor, milestone }: Of): void {
  world.journal.assign<E.Milestone>(milestone, { state: "closed", closedAt: world.now() });
  touch(world, milestone);
  world.emit({ at: world.now(), actor, event: "milestone", action: "closed", repository: milestone.repository, milestone });
}

export function reopenMilestone(world: World, { actor, milestone }: Of): void {
  world.journal.assign<E.Milestone>(milestone, { state: "open", closedAt: null });
  touch(world, milestone);
  world.emit({ at: world.now(), actor, event: "milestone", action: "opened", repository: milestone.repository, milestone });
}

/** What was in it is in none, silently. */
export function deleteMilestone(world: World, { actor, milestone }: Of): void {
  const { repository } = milestone;
  for (const thing of [...repository.issues, ...repository.pullRequests]) if (thing.milestone === milestone) world.journal.set(thing, "milestone", null);
  world.journal.remove(repository, "milestones", milestone);
  world.forget("Milestone", milestone.id);
  world.emit({ at: world.now(), actor, event: "milestone", action: "deleted", repository, milestone });
}
