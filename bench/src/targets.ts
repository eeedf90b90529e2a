/** What the design asks for (DESIGN.md, section 9), by benchmark and figure. Figures without a line here are told without a verdict. */
export type Target = { readonly atMost: number } | { readonly atLeast: number };

export const targets: Readonly<Record<string, Target>> = {
  "webhook-to-searchable p50": { atMost: 800 },
  "webhook-to-searchable p99": { atMost: 1500 },
  "webhook-to-searchable never found": { atMost: 0 },
  "intake-rate accepted": { atLeast: 500 },
  "intake-rate lost": { atMost: 0 },
  "worker-throughput ratio": { atLeast: 0.5 },
  "history Octally, these kinds: requests per 100 pull requests": { atMost: 10 },
  "history Octally, these kinds: overstepped limits": { atMost: 0 },
  "history Octally, all kinds: overstepped limits": { atMost: 0 },
  "history-hour in the first hour": { atLeast: 50_000 },
  "history-memory sources: resident at most": { atMost: 256 },
  "history-memory bundle: resident at most": { atMost: 256 },
  "history-hour overstepped limits": { atMost: 0 },
  "bundles webhook-intake/handler.mjs size": { atMost: 500 },
  "bundles webhook-intake/handler.mjs import": { atMost: 130 },
  "memory worker": { atMost: 256 },
  "memory front": { atMost: 256 },
  "memory worker, peak": { atMost: 256 },
  "memory front, peak": { atMost: 256 },
  "simulator-rest loopback: mix, per CPU second": { atLeast: 1000 },
  "simulator-rest in process: mix, per CPU second": { atLeast: 1000 },
  "simulator-graphql loopback: pages of 25 pull requests, per CPU second": { atLeast: 50 },
  "simulator-graphql in process: pages of 25 pull requests, per CPU second": { atLeast: 50 },
  "simulator-worlds 200/20000: worlds of one seed that differ": { atMost: 0 },
  "simulator-largest-world 1000/100000: resident at most": { atMost: 4000 },
};

export function isMet(target: Target, value: number): boolean {
  return "atMost" in target ? value <= target.atMost : value >= target.atLeast;
}

export function shownTarget(target: Target): string {
  return "atMost" in target ? `≤ ${target.atMost}` : `≥ ${target.atLeast}`;
}
