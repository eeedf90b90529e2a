/** All parts of one machine, put together: what is started in which order, how it is stopped, what it says about itself. */
import { join } from "node:path";
import { allKinds } from "@octally/model/own/registry";
import { systemClock } from "@octally/shared/clock";
import type { Environment } from "@octally/shared/config";
import { bootstrapStore } from "@octally/store/bootstrap";
import { makeStoreClient } from "@octally/store/client";
import type { CheckerNews } from "./core/checker-news.ts";
import type { Demo } from "./core/demo.ts";
import { hasCredentials, toHandlerEnvironment, withoutAws } from "./core/handler-environment.ts";
import { decideState, type Component, type Health } from "./core/health.ts";
import type { InstancePlan } from "./core/instance-plan.ts";
import type { DemoOrder } from "./demo-github.ts";
import { createBucket, createQueues } from "./edges/create-queues.ts";
import { spawnOpenSearch, waitForOpenSearch } from "./edges/embedded-opensearch.ts";
import { findJava } from "./edges/find-java.ts";
import { makeLocalS3Client, makeLocalSqsClient } from "./edges/local-clients.ts";
import { launchLocalQueue } from "./edges/local-queue.ts";
import { launchNodePart, type LaunchedNodePart } from "./edges/node-part.ts";
import { resolveOpenSearch } from "./edges/opensearch-distribution.ts";
import { supervisePart, type Launched, type Part } from "./supervise-part.ts";
import { watchOpenSearch } from "./watch-opensearch.ts";

export type SystemOptions = {
  readonly plan: InstancePlan;
  readonly environment: Environment;
  readonly webhookSecret: string;
  /** The folder of the bundles, where those run instead of the sources. */
  readonly bundles: string | undefined;
  /** After each change of a part's state. */
  readonly onChange: (component: Component, problem?: string) => void;
  /** After each check. */
  readonly onNews: (news: CheckerNews) => void;
};

export type LocalSystem = {
  readonly parts: Readonly<Record<"front" | "queue" | "opensearch" | "worker", Part>> & {
    /** The demonstration's. */
    readonly github?: Part;
    /** Where nobody said as whom GitHub is to be read, jobs wait. */
    readonly jobs?: Part;
    /** Where, in addition, something is named to be checked. */
    readonly checker?: Part;
  };
  readonly health: () => Health;
  readonly bringOpenSearch: (onProgress: (jars: number) => void, signal: AbortSignal) => Promise<void>;
  readonly createQueues: () => Promise<void>;
  readonly bootstrapStore: () => Promise<void>;
  /** From here on a part that is down makes the system degraded, not "starting". */
  readonly markStarted: () => void;
  /** In the order in which nothing is lost or left waiting: GitHub, front, worker, then what they need. */
  readonly stop: () => Promise<void>;
  readonly kill: () => void;
};

/**
 * Nine tenths of 512 MB, what Lambda gives the functions: without a limit Node takes the machine's memory for its measure and collects late
 * (in a flood the worker held 288 MB instead of 190).
 */
const SERVICE_HEAP_MEGABYTES = 460;

export function makeLocalSystem({ plan, environment, webhookSecret, bundles, onChange, onNews }: SystemOptions): LocalSystem {
  const { addresses, folders, ports } = plan;
  const handlerEnv = toHandlerEnvironment(environment, addresses, webhookSecret);
  const bundlesArgument = bundles === undefined ? [] : [bundles];
  const logFile = (name: string): string => join(folders.logs, `${name}.log`);
  let checked: Required<CheckerNews> = { completeness: [], webhooks: [] };
  let phase: "starting" | "started" | "stopping" = "starting";

  function partOf(name: string, graceMs: number, launch: () => Promise<Launched>): Part {
    return supervisePart({ name, graceMs, launch, clock: systemClock, onChange: report });
  }
  const parts = {
    front: partOf("front", 3000, () =>
      launchNodePart({
        program: "front-process.ts",
        args: [String(ports.front), ...bundlesArgument],
        // Not among the arguments, which every user of the machine can read: OPENSEARCH_URL may hold a password.
        env: { ...handlerEnv, OCTALLY_ADDRESSES: JSON.stringify(addresses) },
        logFile: logFile("front"),
        detached: true,
      }),
    ),
    queue: partOf("queue", 3000, () => launchLocalQueue({ dataDir: folders.queue, port: ports.queue, environment: withoutAws(environment), logFile: logFile("queue"), detached: true })),
    opensearch:
      ports.openSearch === undefined
        ? watchOpenSearch(addresses.opensearch_url, { clock: systemClock, onChange: report })
        : partOf("opensearch", 8000, () => launchEmbedded(ports.openSearch ?? 0)),
    worker: partOf("worker", 5000, () => launchService("worker")),
    ...(addresses.demo === null ? {} : { github: partOf("github", 3000, launchDemo(addresses.demo)) }),
    ...(hasCredentials(handlerEnv) ? { jobs: partOf("jobs", 30_000, () => launchService("jobs")) } : {}),
    ...(hasCredentials(handlerEnv) && (handlerEnv["OCTALLY_SOURCES"] ?? "") !== "" ? { checker: partOf("checker", 5000, launchChecker) } : {}),
  };

  /** Works off queues and schedules with the handlers that are deployed. */
  function launchService(name: "worker" | "jobs" | "checker"): Promise<LaunchedNodePart> {
    return launchNodePart({ program: `${name}-process.ts`, args: bundlesArgument, env: handlerEnv, logFile: logFile(name), detached: true, heapMegabytes: SERVICE_HEAP_MEGABYTES });
  }

  async function launchChecker(): Promise<Launched> {
    const launched = await launchService("checker");
    launched.child.onMessage((message) => {
      const { news } = message as { readonly news?: CheckerNews };
      if (news === undefined) return;
      checked = { ...checked, ...news };
      parts.front.send({ health: health() });
      onNews(news);
    });
    return launched;
  }

  function launchDemo({ token, folder }: Demo): () => Promise<Launched> {
    const order: DemoOrder = { port: ports.demo ?? 0, token, webhookUrl: addresses.webhook_url, webhookSecret, stateFile: join(folder, "organisation.json") };
    return () => launchNodePart({ program: "github-process.ts", args: [], env: { ...withoutAws(environment), OCTALLY_DEMO_ORDER: JSON.stringify(order) }, logFile: logFile("github"), detached: true });
  }

  async function launchEmbedded(port: number): Promise<Launched> {
    const { command: java } = await findJava(environment);
    const lib = await resolveOpenSearch({ home: addresses.home, environment });
    const options = { lib, java, dataDir: folders.openSearch, logFile: logFile("opensearch"), port, clusterName: `octally-${port}`, environment, detached: true };
    const child = await spawnOpenSearch(options);
    return { child, ready: waitForOpenSearch(child, options) };
  }

  function health(): Health {
    const components = Object.values(parts).map((part) => part.component());
    return { state: decideState(components, phase, checked.webhooks), opensearch_url: addresses.opensearch_url, components, ...checked };
  }

  function report(component: Component, problem?: string): void {
    // The front keeps the last word it got: it answers also while this process is busy.
    parts.front.send({ health: health() });
    onChange(component, problem);
  }

  return {
    parts,
    health,
    bringOpenSearch: async (onProgress, signal) => {
      await resolveOpenSearch({ home: addresses.home, environment, onProgress, signal });
    },
    createQueues: async () => {
      const [sqs, s3] = [makeLocalSqsClient(addresses.queue_endpoint), makeLocalS3Client(addresses.queue_endpoint)];
      await createQueues(sqs, addresses.queue_urls);
      await createBucket(s3);
      sqs.destroy();
      s3.destroy();
    },
    bootstrapStore: async () => {
      const client = makeStoreClient(addresses.opensearch_url);
      await bootstrapStore(client, allKinds);
      await client.close();
    },
    markStarted: () => {
      phase = "started";
      parts.front.send({ health: health() });
    },
    stop: async () => {
      phase = "stopping";
      await parts.github?.stop();
      await parts.front.stop();
      await Promise.all([parts.worker.stop(), parts.jobs?.stop(), parts.checker?.stop()]);
      await Promise.all([parts.queue.stop(), parts.opensearch.stop()]);
    },
    kill: () => {
      for (const part of Object.values(parts)) part.kill();
    },
  };
}
