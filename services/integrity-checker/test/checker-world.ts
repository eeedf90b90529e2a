/** The checker on models: a simulated GitHub, the store and the states in memory, and a worker that does what inventories ask for from the oracle. */
import { kinds } from "@octally/model/registry";
import { allKinds } from "@octally/model/own/registry";
import type { Observation } from "@octally/model/observation";
import { toVersion } from "@octally/model/version";
import type { OracleKind } from "@octally/github-simulator/oracle-kinds";
import { ORACLE_KINDS } from "@octally/github-simulator/oracle-kinds";
import type { Truth } from "@octally/github-simulator/oracle";
import { parseSyncJob, type InventoryJob, type SyncJob } from "@octally/shared/sync-job";
import { makeMemoryReader } from "../../../packages/store/test/memory-reader.ts";
import { makeMemoryStateStore, type MemoryStateStore } from "../../../packages/store/test/memory-state-store.ts";
import { makeMemoryStore, type MemoryStore } from "../../../packages/store/test/memory-store.ts";
import { simulateGitHub, type SimulatedGitHub, type SimulatedOptions } from "../../sync-worker/test/simulated-github.ts";
import { placeKey, type Place } from "../src/core/place.ts";
import type { CheckerPorts } from "../src/ports.ts";

export type CheckerWorld = {
  readonly simulated: SimulatedGitHub;
  readonly ports: CheckerPorts;
  readonly store: MemoryStore;
  readonly states: MemoryStateStore;
  readonly jobs: SyncJob[];
  /** Writes all there is, as a load would have. */
  readonly load: () => Promise<void>;
  readonly write: (truths: Iterable<Truth>) => Promise<void>;
  /** Does every inventory that waits: `mends` false only looks. */
  readonly work: (options?: { readonly mends?: boolean }) => Promise<void>;
  /** Stores what has changed since, and buries what is gone. */
  readonly catchUp: () => Promise<void>;
  /** Shares of all documents: taken out, set back to an older time with their number kept, made up. Gives "<kind> <id>" of each. */
  readonly damage: (shares: { readonly lost: number; readonly aged: number; readonly invented: number }) => Promise<Damage>;
  readonly stillDamaged: (damage: Damage) => Promise<readonly string[]>;
  /** What the worker wrote since the damage. */
  readonly touched: () => readonly string[];
  readonly now: () => string;
  readonly present: (kind: string) => ReadonlySet<string>;
};

export type Damage = { readonly lost: readonly string[]; readonly aged: readonly string[]; readonly invented: readonly string[] };

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** Kinds that the oracle has and Octally does not, or counts otherwise. */
const NO_KINDS: ReadonlySet<string> = new Set(["reaction", "release-asset", "workflow", "check-suite", "traffic", "transfer"]);
/** The oracle has them as parts of pull requests; the worker of these tests does not mend them. */
const DERIVED: ReadonlySet<string> = new Set(["pull-request-files", "pull-request-commit"]);
export const TRUE_KINDS = ORACLE_KINDS.filter((name) => !NO_KINDS.has(name) && kinds.some((kind) => kind.name === name));

/** Of the others GitHub has no list that could be compared. */
export const MENDABLE_KINDS = TRUE_KINDS.filter((name) => kinds.some((kind) => kind.name === name && kind.sources.inventory.by !== "nothing"));

export function makeCheckerWorld(options: SimulatedOptions = {}): CheckerWorld {
  const simulated = simulateGitHub(options);
  const { timing, oracle, organization } = simulated;
  let stored = makeMemoryStore(allKinds);
  const touched: string[] = [];
  /** The store may be damaged: then it is another one, with the same documents but for some. */
  const store: MemoryStore = {
    write: (observations) => stored.write(observations),
    sources: (kind) => stored.sources(kind),
    sourceOf: (kind, id) => stored.sourceOf(kind, id),
    observationOf: (kind, id) => stored.observationOf(kind, id),
    observations: (kind) => stored.observations(kind),
    entries: (kind) => stored.entries(kind),
    lose: (kind, id) => stored.lose(kind, id),
  };
  const states = makeMemoryStateStore();
  const jobs: SyncJob[] = [];
  const nodeIds = simulated.server.nodeIds({ "x-github-next-global-id": "1" });
  const sources = (kind: string): readonly string[] => [...store.sources(kind), ...states.all(kind).map(({ document }) => `states ${JSON.stringify(document["id"])} ${JSON.stringify(document)}`)];
  const now = (): string => new Date(timing.nowMs()).toISOString();
  const ours = ({ repository, organization: of }: Truth): boolean => (repository?.owner ?? of) === organization;

  const toObservation = (truth: Truth, deletedAt: string | null = null): Observation => {
    const { kind, key, repository, record, updatedAt } = truth;
    const place = placeOf(truth);
    const document = {
      id: key,
      ...(kind === "repository" && repository !== null ? { id: repository.id, node_id: nodeIds("Repository", 0, repository.id), full_name: `${repository.owner.login}/${repository.name}`, owner: { login: repository.owner.login } } : {}),
      ...(kind === "pull-request" && "commits" in record && Array.isArray(record.commits) ? { commits: record.commits.length } : {}),
      updated_at: updatedAt === null ? null : new Date(updatedAt).toISOString(),
    };
    const at = now();
    return { kind, id: key, ...place, document, deletedAt, version: toVersion(deletedAt ?? (updatedAt === null ? at : new Date(updatedAt).toISOString()), at), observedAt: at, source: "rest", archive: null };
  };

  function* truths(kind: string, place?: Place): Generator<Truth> {
    if (!(TRUE_KINDS as readonly string[]).includes(kind)) return;
    for (const truth of oracle.things(kind as OracleKind)) if (ours(truth) && (place === undefined || placeKey(place) === placeKey(placeOf(truth)) || (place.repository === null && truth.organization === organization))) yield truth;
  }

  async function write(all: Iterable<Truth>): Promise<void> {
    await store.write([...all].map((truth) => toObservation(truth)));
  }

  async function inventory(job: InventoryJob, mends: boolean): Promise<void> {
    const listed = new Map([...truths(job.kind, job)].map((truth) => [truth.key, truth]));
    const held = new Map(
      store.sources(job.kind).flatMap((line) => {
        const document = JSON.parse(line.slice(line.indexOf("{"))) as { id: string | number; org: string | null; repository: Place["repository"]; octally: { deleted: boolean }; updated_at: string | null };
        const here = job.repository === null ? document.org?.toLowerCase() === job.org?.toLowerCase() : document.repository?.id === job.repository.id;
        return here && !document.octally.deleted ? [[String(document.id), document] as const] : [];
      }),
    );
    const missing = [...listed.values()].filter(({ key }) => !held.has(key));
    const stale = [...listed.values()].filter(({ key, updatedAt }) => held.has(key) && updatedAt !== null && held.get(key)?.updated_at !== new Date(updatedAt).toISOString());
    const surplus = [...held].filter(([key]) => !listed.has(key));
    if (mends) {
      touched.push(...[...missing, ...stale].map(({ key }) => `${job.kind} ${key}`), ...surplus.map(([key]) => `${job.kind} ${key}`));
      await write([...missing, ...stale]);
      await store.write(surplus.map(([key, { org, repository }]): Observation => ({ kind: job.kind, id: key, org, repository, document: { id: key }, deletedAt: now(), version: toVersion(now(), now()), observedAt: now(), source: "rest", archive: null })));
    }
    const run = { id: job.run, state: "done", reason: null, updated_at: now(), finished_at: now(), missing: missing.length, surplus: surplus.length, stale: stale.length };
    await store.write([{ kind: "sync-run", id: job.run ?? "", org: job.org, repository: job.repository, document: run, deletedAt: null, version: toVersion(now(), now()), observedAt: now(), source: "rest", archive: null }]);
  }

  const ports: CheckerPorts = {
    kinds: kinds.filter(({ name }) => !DERIVED.has(name)),
    github: simulated.github,
    reader: makeMemoryReader({ sources }),
    states: {
      put: states.put,
      read: async (kind, ids) => {
        const known = new Map(await states.read(kind, ids));
        for (const id of ids) {
          const document = store.sourceOf(kind, id);
          if (document !== undefined) known.set(id, { document: document as never, state: { seqNo: 0, primaryTerm: 0 } });
        }
        return known;
      },
    },
    store,
    jobs: { sendAll: async (messages) => void jobs.push(...messages.map(({ body }) => parseSyncJob(body))) },
    backlog: () => Promise.resolve(0),
    clock: () => new Date(timing.nowMs()),
    log: silent,
  };

  return {
    simulated,
    ports,
    store,
    states,
    jobs,
    write,
    now,
    load: async () => {
      for (const kind of TRUE_KINDS) await write(truths(kind));
      await store.write(derived([...truths("pull-request")], toObservation));
    },
    catchUp: async () => {
      for (const kind of TRUE_KINDS) {
        const truths_ = [...truths(kind)];
        const keys = new Set(truths_.map(({ key }) => key));
        await write(truths_);
        const gone = heldOf(kind).filter(({ id }) => !keys.has(id));
        await store.write(gone.map((one) => tombstone(kind, one)));
      }
      await store.write(derived([...truths("pull-request")], toObservation));
    },
    async damage({ lost, aged, invented }) {
      const damage = { lost: [] as string[], aged: [] as string[], invented: [] as string[] };
      const another = makeMemoryStore(allKinds);
      let dice = 1;
      const roll = (): number => (dice = (dice * 48271) % 2147483647) / 2147483647;
      for (const kind of allKinds.map(({ name }) => name)) {
        const isTrue = kind !== "repository" && (MENDABLE_KINDS as readonly string[]).includes(kind);
        for (const held of heldOf(kind)) {
          const rolled = roll();
          if (isTrue && rolled < lost) {
            damage.lost.push(`${kind} ${held.id}`);
            continue;
          }
          const old = isTrue && rolled < lost + aged && typeof held.document["updated_at"] === "string" && kinds.find(({ name }) => name === kind)?.updatedAt !== undefined;
          const made = isTrue && !old && rolled < lost + aged + invented;
          await another.write([withTime(kind, held, old ? new Date(Date.parse(String(held.document["updated_at"])) - 86_400_000).toISOString() : null)]);
          if (old) damage.aged.push(`${kind} ${held.id}`);
          if (made) {
            damage.invented.push(`${kind} made-${held.id}`);
            await another.write([withTime(kind, { ...held, id: `made-${held.id}`, document: { ...held.document, id: `made-${held.id}` } }, null)]);
          }
        }
      }
      stored = another;
      touched.length = 0;
      return damage;
    },
    async stillDamaged({ aged }) {
      const held = new Map<string, unknown>(TRUE_KINDS.flatMap((kind) => heldOf(kind).map((one) => [`${kind} ${one.id}`, one.document["updated_at"]] as const)));
      const right = new Map<string, unknown>(TRUE_KINDS.flatMap((kind) => [...truths(kind)].map((truth) => [`${kind} ${truth.key}`, truth.updatedAt === null ? null : new Date(truth.updatedAt).toISOString()] as const)));
      return aged.filter((name) => held.get(name) !== right.get(name));
    },
    touched: () => touched,
    work: async ({ mends = true } = {}) => {
      for (const job of jobs.splice(0)) if (job.type === "inventory") await inventory(job, mends);
    },
    present: (kind) => new Set(store.sources(kind).flatMap((line) => (line.includes('"deleted":false') ? [line.slice(line.indexOf(" ") + 1, line.indexOf(" {"))] : []))),
  };

  function heldOf(kind: string): readonly Held[] {
    return store.sources(kind).flatMap((line) => {
      const { org, repository, octally, ...document } = JSON.parse(line.slice(line.indexOf("{"))) as Held["document"] & { org: string | null; repository: Place["repository"]; octally: { deleted: boolean; version: string; observed_at: string } };
      return octally.deleted ? [] : [{ id: line.slice(line.indexOf(" ") + 1, line.indexOf(" {")), document, org, repository, version: BigInt(octally.version), observedAt: octally.observed_at }];
    });
  }

  function withTime(kind: string, { id, org, repository, document, version, observedAt }: Held, updatedAt: string | null): Observation {
    const older = updatedAt === null ? { document, version } : { document: { ...document, updated_at: updatedAt }, version: toVersion(updatedAt, observedAt) };
    return { kind, id, org, repository, ...older, deletedAt: null, observedAt, source: "rest", archive: null };
  }

  function tombstone(kind: string, { id, org, repository }: Held): Observation {
    return { kind, id, org, repository, document: { id }, deletedAt: now(), version: toVersion(now(), now()), observedAt: now(), source: "rest", archive: null };
  }

  function placeOf({ repository, kind }: Truth): Place {
    return { org: organization.login, repository: repository === null || kindScope(kind) === "organization" ? null : { id: repository.id, name_with_owner: `${repository.owner.login}/${repository.name}` } };
  }
}

type Held = Place & { readonly id: string; readonly document: Readonly<Record<string, unknown>>; readonly version: bigint; readonly observedAt: string };

function kindScope(name: string): string {
  return kinds.find((kind) => kind.name === name)?.scope ?? "repository";
}

/** Kinds of which the pull requests tell everything. */
function derived(pullRequests: readonly Truth[], toObservation: (truth: Truth) => Observation): readonly Observation[] {
  return pullRequests.flatMap((truth) => {
    const files = { ...toObservation(truth), kind: "pull-request-files" };
    const { commits } = truth.record as { readonly commits: readonly { readonly sha: string }[] };
    return [files, ...commits.map(({ sha }): Observation => ({ ...files, kind: "pull-request-commit", id: `${truth.key}:${sha}`, document: { id: `${truth.key}:${sha}` } }))];
  });
}
