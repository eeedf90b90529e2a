/** What the jobs need of the outside. */
import type { Connections } from "@octally/github/connect";
import type { Kind } from "@octally/model/define-kind";
import type { Bucket } from "@octally/shared/bucket";
import type { Clock } from "@octally/shared/clock";
import type { Logger } from "@octally/shared/log";
import type { Queue } from "@octally/shared/queue";
import type { Library } from "@octally/store/library";
import type { RunReads } from "@octally/store/runs";
import type { StateStore } from "@octally/store/state";
import type { Store } from "@octally/store/write";

export type JobPorts = {
  /** The kinds of GitHub's things. */
  readonly kinds: readonly Kind[];
  readonly github: Pick<Connections, "clientFor" | "app">;
  readonly store: Store;
  readonly states: StateStore;
  /** How far runs are. */
  readonly runs: Pick<RunReads, "sumsOf">;
  /** What is stored of GitHub. */
  readonly library: Library;
  /** Live work and repair. */
  readonly syncJobs: Pick<Queue, "sendAll">;
  /** The history. */
  readonly backfillJobs: Pick<Queue, "sendAll">;
  readonly deliveries: Pick<Queue, "sendAll">;
  readonly deadLetters: Pick<Queue, "sendAll">;
  readonly bucket: Bucket;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Logger;
};
