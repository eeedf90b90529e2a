/** What is checked how often: the one list behind the local system and the README. Pure. */
import type { Check } from "../check-completeness.ts";

export type Schedule = {
  readonly name: "canary" | "counts" | "references" | "audit";
  /** In one run. */
  readonly checks: readonly Check[];
  readonly everyMinutes: number;
  /** What is half loaded would look wrong to it. */
  readonly waitsForLoads: boolean;
};

const DAY = 24 * 60;

/** An interval of 0 leaves its checks out; without counts nothing else of completeness is looked at. */
export function schedulesOf({ checkMinutes, canaryMinutes }: { readonly checkMinutes: number; readonly canaryMinutes: number }): readonly Schedule[] {
  return [
    ...(canaryMinutes === 0 ? [] : [{ name: "canary", checks: ["canary"], everyMinutes: canaryMinutes, waitsForLoads: false } as const]),
    ...(checkMinutes === 0
      ? []
      : [
          { name: "counts", checks: ["deliveries", "counts"], everyMinutes: checkMinutes, waitsForLoads: false } as const,
          { name: "references", checks: ["references"], everyMinutes: DAY, waitsForLoads: true } as const,
          { name: "audit", checks: ["audit"], everyMinutes: DAY, waitsForLoads: true } as const,
        ]),
  ];
}
