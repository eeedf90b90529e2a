/** What the checks need of the outside. */
import type { Connections } from "@octally/github/connect";
import type { Kind } from "@octally/model/define-kind";
import type { Clock } from "@octally/shared/clock";
import type { Logger } from "@octally/shared/log";
import type { Queue } from "@octally/shared/queue";
import type { StoreReader } from "@octally/store/reader";
import type { StateStore } from "@octally/store/state";
import type { Store } from "@octally/store/write";

export type CheckerPorts = {
  /** The kinds of GitHub's things. */
  readonly kinds: readonly Kind[];
  readonly github: Pick<Connections, "clientFor" | "app">;
  readonly reader: StoreReader;
  readonly states: Pick<StateStore, "read" | "put">;
  readonly store: Store;
  /** Repairs, for the worker. */
  readonly jobs: Pick<Queue, "sendAll">;
  /** Messages that wait in the queues of deliveries and jobs: what they bring is on its way. */
  readonly backlog: () => Promise<number>;
  readonly clock: Clock;
  readonly log: Logger;
};

/** What a check may take. */
export type Allowance = {
  /** No request to GitHub begins after it has been this long. */
  readonly timeMs: number;
  readonly signal?: AbortSignal;
};
