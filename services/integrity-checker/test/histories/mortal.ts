/** A process among failing neighbours: its calls fail before or after they had their effect, and at some call it is killed. */
import { TransientError } from "@octally/shared/errors";
import type { Random } from "@octally/github-simulator/history/random";
import type { Store } from "@octally/store/write";

export type Neighbour = "store" | "queue" | "bucket" | "github";

export type Troubles = {
  /** Whether nobody reaches it now. */
  readonly isDown: (neighbour: Neighbour) => boolean;
  /** Share of calls that fail, half of them after their effect. */
  readonly failing: () => number;
  readonly random: Random;
};

export type Process = {
  readonly isDead: () => boolean;
  /** `dice`: of its own where several calls are under way at once and threads decide which comes first. */
  readonly guard: <A extends readonly unknown[], R>(neighbour: Neighbour, call: (...args: A) => Promise<R>, dice?: Random) => (...args: A) => Promise<R>;
  readonly guardWrite: (write: Store["write"]) => Store["write"];
};

/** `killAfter`: so many calls until it is killed, in the middle of one; undefined: it lives. */
export function makeProcess({ isDown, failing, random }: Troubles, killAfter: number | undefined): Process {
  let left = killAfter ?? Number.POSITIVE_INFINITY;
  const failed = (neighbour: Neighbour): TransientError => new TransientError(`${neighbour}-unavailable`, `The ${neighbour} does not answer.`);
  // Nothing that a killed process does has any effect; that very call may have had its own.
  const guard: Process["guard"] = (neighbour, call, dice = random) => async (...args) => {
    if (left <= 0) throw new Error("killed");
    left -= 1;
    if (left <= 0 && dice.chance(0.5)) throw new Error("killed");
    if (isDown(neighbour)) throw failed(neighbour);
    const fails = dice.chance(failing());
    if (fails && dice.chance(0.5)) throw failed(neighbour);
    const result = await call(...args);
    if (left <= 0) throw new Error("killed");
    if (fails) throw failed(neighbour);
    return result;
  };
  return {
    isDead: () => left <= 0,
    guard,
    // Of a bulk some items fail.
    guardWrite: (write) =>
      guard("store", async (observations) => {
        const refused = new Set(observations.filter(() => random.chance(failing())));
        const written = await write(observations.filter((observation) => !refused.has(observation)));
        let next = 0;
        return observations.map((observation) => (refused.has(observation) ? { outcome: "failed" as const, error: failed("store"), response: null } : (written[next++] ?? { outcome: "failed" as const, error: failed("store"), response: null })));
      }),
  };
}
