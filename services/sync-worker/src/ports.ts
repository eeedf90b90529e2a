/** What the worker's use cases need of the outside. */
import type { Kind } from "@octally/model/define-kind";
import type { Bucket } from "@octally/shared/bucket";
import type { Clock } from "@octally/shared/clock";
import type { Logger } from "@octally/shared/log";
import type { Queue } from "@octally/shared/queue";
import type { Store } from "@octally/store/write";

export type WorkerPorts = {
  /** The kinds of GitHub's things; Octally's own are written by the use cases themselves. */
  readonly kinds: readonly Kind[];
  readonly store: Store;
  readonly bucket: Bucket;
  readonly deliveries: Pick<Queue, "changeVisibility">;
  readonly deadLetters: Pick<Queue, "sendAll">;
  readonly jobs: Pick<Queue, "sendAll">;
  readonly clock: Clock;
  /** 0 to 1, for the jitter of retries. */
  readonly random: () => number;
  readonly log: Logger;
};
