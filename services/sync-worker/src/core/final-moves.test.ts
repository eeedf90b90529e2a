import { describe, expect, test } from "@jest/globals";
import type { RelocateRepositoryJob } from "@octally/shared/sync-job";
import { finalMoves } from "./final-moves.ts";

const move = (id: number, from: string | undefined, to: string, at: string, change: RelocateRepositoryJob["change"] = "renamed"): RelocateRepositoryJob => ({
  type: "relocate-repository",
  org: to.split("/")[0] ?? null,
  repository: { id, name_with_owner: to },
  ...(from === undefined ? {} : { from }),
  change,
  at,
});

describe("the moves that a replay asks for", () => {
  test("go to where the last one went, each from where it began; other repositories are others", () => {
    const moves = [move(1, "o/b", "p/c", "2026-02-01T00:00:00Z", "transferred"), move(2, "o/x", "o/b", "2026-03-01T00:00:00Z"), move(1, "o/a", "o/b", "2026-01-01T00:00:00.000Z")];
    expect(finalMoves(moves)).toEqual([
      move(1, "o/a", "p/c", "2026-02-01T00:00:00Z", "transferred"),
      move(1, "o/b", "p/c", "2026-02-01T00:00:00Z", "transferred"),
      move(2, "o/x", "o/b", "2026-03-01T00:00:00Z"),
    ]);
  });

  test("one without a former name takes none of another's", () => {
    expect(finalMoves([move(1, "o/a", "o/b", "2026-01-01T00:00:00Z"), move(1, undefined, "o/b", "2026-02-01T00:00:00Z", "deleted")])).toEqual([
      move(1, "o/a", "o/b", "2026-02-01T00:00:00Z", "deleted"),
      move(1, undefined, "o/b", "2026-02-01T00:00:00Z", "deleted"),
    ]);
  });
});
