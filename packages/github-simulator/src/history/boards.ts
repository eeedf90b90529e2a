/** Project boards of the organisation: things are put on them, move from Todo to Done, are archived. */
import type * as E from "../world/entities.ts";
import { openIssue } from "../operations/issues.ts";
import { addDraftIssue, addProjectItem, archiveItem, convertDraftIssue, createProject, deleteItem, editProject, reorderItem, restoreItem, setItemStatus } from "../operations/projects.ts";
import { DAY } from "./calendar.ts";
import { isClosed, type Part, type Play, start, until } from "./play.ts";
import type { Random } from "./random.ts";
import type { Process } from "./schedule.ts";
import { exists } from "./talk.ts";
import { draftTitle, topicName } from "./texts.ts";

/** One board for about ten repositories. */
export function* boards(play: Play): Process {
  const { world, options, cast, organization } = play;
  const random = play.streams("boards");
  const count = Math.max(1, Math.round(options.repositories / 10));
  const expected = options.pullRequests * options.ratios.projectItemsPerPullRequest;
  if (expected < 0.1) return;
  for (let number = 0; number < count; number++) {
    yield world.now() + random.exponential((options.end - options.start) / count / 4);
    const actor = cast.owner(random);
    const project = createProject(world, { actor, organization, title: `${topicName(random)} ${number + 1}`, shortDescription: random.chance(0.5) ? "What we work on" : null, isPublic: random.chance(0.7) });
    if (random.chance(0.4)) editProject(world, { actor, project, readme: "Look here before you start something." });
    start(play, board(play, project, expected / count, random.fork()));
  }
}

function* board(play: Play, project: E.Project, expected: number, random: Random): Process {
  const { world, options, places, cast } = play;
  for (;;) {
    yield world.now() + random.exponential((options.end - options.start) / expected);
    const place = random.pickMaybe(places);
    const persona = cast.member(random);
    if (place === undefined || persona === undefined || isClosed(place.repository)) continue;
    if (project.closedAt !== null || !play.organization.projects.includes(project)) return;
    const { repository } = place;
    const content = random.pickMaybe([...repository.issues.slice(-10), ...repository.pullRequests.slice(-10)]);
    const isDraft = content === undefined || random.chance(0.12);
    if (!isDraft && project.items.some((item) => item.content === content)) continue;
    const item = isDraft ? addDraftIssue(world, { actor: persona.user, project, title: draftTitle(random), body: null }) : addProjectItem(world, { actor: persona.user, project, content });
    start(play, itemLife(play, item, repository, random.fork()));
  }
}

function* itemLife(play: Play, item: E.ProjectItem, repository: E.Repository, random: Random): Process {
  const { world } = play;
  for (const status of ["Todo", "In Progress", "Done"] as const) {
    const actor = yield* next(play, item, random);
    if (actor === undefined) return;
    setItemStatus(world, { actor, item, status });
    if (status === "Todo" && random.chance(0.2)) reorderItem(world, { actor, item });
    if (status === "Todo" && item.content.type === "draft-issue" && random.chance(0.5) && !isClosed(repository) && repository.hasIssues) convertDraftIssue(world, { actor, item, issue: openIssue(world, { actor, repository, title: item.content.title }) });
    if (random.chance(0.25)) return;
  }
  const actor = yield* next(play, item, random);
  if (actor === undefined) return;
  if (random.chance(0.06)) deleteItem(world, { actor, item });
  else archiveItem(world, { actor, item });
  if (item.archivedAt !== null && random.chance(0.05)) restoreItem(world, { actor, item });
}

/** Who moves it next; nobody where it is gone. */
function* next(play: Play, item: E.ProjectItem, random: Random): Part<E.User | undefined> {
  const persona = play.cast.member(random);
  if (persona === undefined) return undefined;
  yield* until(play, persona, random.logNormal(6 * DAY, 1.2), random);
  const { content } = item;
  return item.project.items.includes(item) && !persona.user.deleted && (content.type === "draft-issue" || exists(content)) ? persona.user : undefined;
}
