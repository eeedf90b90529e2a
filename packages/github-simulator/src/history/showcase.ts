/**
 * What happens to an organisation perhaps once in years, played once for certain: who tests with a world of richness "full" meets
 * everything that GitHub has, ghosts, vanished forks, transfers and withdrawn advisories included.
 */
import type * as E from "../world/entities.ts";
import { isClosed, type Part, pause, type Play, start } from "./play.ts";
import type { Scene } from "./scene.ts";
import type { Process } from "./schedule.ts";
import { showAutomation, showSecurity } from "./showcase-automation.ts";
import { showPeople, showRepository, showTeam } from "./showcase-organization.ts";
import { showBoard, showDiscussion, showIssues, showPullRequests } from "./showcase-threads.ts";

const SCENES: readonly ((scene: Scene) => Part)[] = [showRepository, showTeam, showPeople, showIssues, showPullRequests, showDiscussion, showBoard, showAutomation, showSecurity];

/** It is over where its stage is gone. */
function* onStage(repository: E.Repository, scene: Part): Process {
  for (const time of scene) {
    yield time;
    if (isClosed(repository)) return;
  }
}

/** In the second half of the past, in repositories that live on. */
export function* showcase(play: Play): Process {
  const { world, options, places } = play;
  const length = options.end - options.start;
  yield world.now() + length * 0.5;
  for (const [number, scene] of SCENES.entries()) {
    // Long before the end, so that they are over then.
    yield* pause(play, (length * 0.3) / SCENES.length);
    const place = places.filter(({ plan, repository }) => plan.fate === "lives" && !isClosed(repository) && repository.visibility === "public" && repository.commits.length > 0)[number % 3];
    if (place !== undefined) start(play, onStage(place.repository, scene({ play, place, random: play.streams("scene", number) })));
  }
}
