/** REST requests and GraphQL pages a second, by wall time and by processor time of the process that answers. */
import type { Measured } from "../figure.ts";
import { percentile } from "../statistics.ts";
import { AT_ONCE, type Client } from "./client.ts";
import type { Inventory } from "./inventory.ts";
import { readPages } from "./pull-request-page.ts";
import { makeMix, makeRequests, PARTS, type RestRequest } from "./rest-mix.ts";

export type RateKind = "rest" | "graphql";
/** `cpuMicroseconds`: of the answering process, since it started. */
export type RateSubject = { readonly client: Client; readonly inventory: Inventory; readonly cpuMicroseconds: () => Promise<number> };

const REQUESTS = 500;
const WARM_UP_REQUESTS = 1000;
const MIX_REQUESTS = 3000;
const WARM_UP_PAGES = 60;
const PAGES = 300;

export function measureRates(kind: RateKind, subject: RateSubject): Promise<readonly Measured[]> {
  return kind === "rest" ? measureRest(subject) : measureGraphql(subject);
}

async function measureRest({ client, inventory, cpuMicroseconds }: RateSubject): Promise<readonly Measured[]> {
  const measured: Measured[] = [];
  const measure = async (name: string, requests: readonly RestRequest[]): Promise<void> => {
    const etags = await readEtags(client, requests);
    const [cpuBefore, startedAt] = [await cpuMicroseconds(), performance.now()];
    const answers = await sendAll(client, requests, etags);
    const seconds = (performance.now() - startedAt) / 1000;
    const cpuSeconds = ((await cpuMicroseconds()) - cpuBefore) / 1e6;
    measured.push(
      { figure: `${name}, per CPU second`, value: requests.length / cpuSeconds, unit: "requests" },
      { figure: `${name}, per second`, value: requests.length / seconds, unit: "requests" },
      { figure: `${name}, an answer's body`, value: answers.reduce((sum, { bytes }) => sum + bytes, 0) / answers.length / 1000, unit: "kB" },
      { figure: `${name}, answer p50`, value: percentile(answers.map(({ ms }) => ms), 0.5), unit: "ms" },
    );
  };
  const warmUp = makeMix(inventory, WARM_UP_REQUESTS);
  await sendAll(client, warmUp, await readEtags(client, warmUp));
  for (const part of PARTS) await measure(part, makeRequests(inventory, part, REQUESTS));
  // Last: after a thousand requests the engine has not yet compiled what a server runs all day.
  await measure("mix", makeMix(inventory, MIX_REQUESTS));
  return measured;
}

/** Asked for before the clock runs. */
async function readEtags(client: Client, requests: readonly RestRequest[]): Promise<ReadonlyMap<string, string>> {
  const etags = new Map<string, string>();
  for (const path of new Set(requests.filter(({ conditional }) => conditional).map((request) => request.path))) etags.set(path, (await client.get(path)).etag ?? "");
  return etags;
}

/** A closed loop: each of those under way asks again when it is answered. */
async function sendAll(client: Client, requests: readonly RestRequest[], etags: ReadonlyMap<string, string>): Promise<readonly { readonly ms: number; readonly bytes: number }[]> {
  const answers: { ms: number; bytes: number }[] = [];
  const waiting = requests.values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const { path, conditional } of waiting) {
        const sentAt = performance.now();
        const { status, body } = await client.get(path, conditional ? etags.get(path) : undefined);
        if (status !== (conditional ? 304 : 200)) throw new Error(`${path} was answered with ${status}: ${body.toString("utf8", 0, 300)}`);
        answers.push({ ms: performance.now() - sentAt, bytes: body.length });
      }
    }),
  );
  return answers;
}

async function measureGraphql({ client, inventory, cpuMicroseconds }: RateSubject): Promise<readonly Measured[]> {
  let bytes = 0;
  const times: number[] = [];
  const ask = async (request: string): Promise<string> => {
    const sentAt = performance.now();
    const { body } = await client.post("/graphql", request);
    times.push(performance.now() - sentAt);
    bytes += body.length;
    return body.toString();
  };
  const names = inventory.repositories.filter(({ pullRequests }) => pullRequests.length >= 25).map(({ name }) => name);
  await readPages(ask, inventory.organization, names, { pages: WARM_UP_PAGES, atOnce: AT_ONCE });
  times.length = bytes = 0;
  const [cpuBefore, startedAt] = [await cpuMicroseconds(), performance.now()];
  const pullRequests = await readPages(ask, inventory.organization, names, { pages: PAGES, atOnce: AT_ONCE });
  const seconds = (performance.now() - startedAt) / 1000;
  const cpuSeconds = ((await cpuMicroseconds()) - cpuBefore) / 1e6;
  // The last page of a repository is seldom full: 25 pull requests are what is counted.
  const pages = pullRequests / 25;
  return [
    { figure: "pages of 25 pull requests, per CPU second", value: pages / cpuSeconds, unit: "pages" },
    { figure: "pages of 25 pull requests, per second", value: pages / seconds, unit: "pages" },
    { figure: "an answer's body", value: bytes / times.length / 1000, unit: "kB" },
    { figure: "answer p50", value: percentile(times, 0.5), unit: "ms" },
  ];
}
