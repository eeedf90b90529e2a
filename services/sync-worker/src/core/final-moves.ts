/** The moves of a repository that moved several times, each straight to where the last one went. Pure. */
import type { RelocateRepositoryJob } from "@octally/shared/sync-job";

/**
 * Jobs are worked on in any order, and at once: of two moves the earlier one must not be the last. What each was called before stays, so that
 * references by every former name are followed.
 */
export function finalMoves(moves: readonly RelocateRepositoryJob[]): readonly RelocateRepositoryJob[] {
  return [...Map.groupBy(moves, ({ repository }) => repository.id).values()].flatMap((ofOne) => {
    const inOrder = ofOne.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
    const last = inOrder.at(-1);
    if (last === undefined) return [];
    const { from: _, ...goal } = last;
    return inOrder.map(({ from }) => (from === undefined ? goal : { ...goal, from }));
  });
}
