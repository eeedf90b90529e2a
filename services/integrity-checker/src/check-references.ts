/** References: what is named by something and not in the store is asked for; what stands under a former name of its repository follows it. */
import { toJobMessage } from "@octally/shared/sync-job";
import * as z from "zod";
import { busyOf } from "./core/busy.ts";
import { planReferences, type Dangling } from "./core/references.ts";
import { planStrays } from "./core/strays.ts";
import { belongsTo, parseSource } from "./core/source.ts";
import { findDangling } from "./find-dangling.ts";
import { findStrays } from "./find-strays.ts";
import type { CheckerPorts } from "./ports.ts";
import { readOnItsWay } from "./read-on-its-way.ts";
import { recall, remember } from "./watermark.ts";

export type ReferencesReport = { readonly dangling: number; readonly jobs: number; readonly givenUp: number; /** Repositories of which documents stand under a former name, or though they are gone. */ readonly strays: number };

const asked = z.object({ asked: z.record(z.string(), z.number()) }).catch({ asked: {} });

export async function checkReferences(ports: CheckerPorts, options: { readonly sources: readonly string[]; readonly repair: boolean }): Promise<ReferencesReport> {
  const sources = options.sources.map(parseSource);
  const id = `references:${options.sources.join(",").toLowerCase()}`;
  const before = await recall(ports, id);
  const dangling = await findDangling(ports, (repository) => sources.some((source) => belongsTo(source, repository)));
  const way = await readOnItsWay(ports);
  const isOnItsWay = ({ parent, place }: Dangling): boolean => Object.values(busyOf(way, place, parent)).some(Boolean);
  const plan = planReferences(ports.kinds, dangling, asked.parse(before.cursor).asked, isOnItsWay);
  const strays = planStrays(await findStrays(ports, sources));
  const found = { dangling: dangling.length, givenUp: plan.givenUp, strays: strays.length };
  if (!options.repair) return { ...found, jobs: 0 };
  const jobs = [...plan.jobs, ...strays];
  await ports.jobs.sendAll(jobs.map((job) => toJobMessage(job)));
  await remember(ports, id, "references", { cursor: { asked: plan.asked }, watermark: null }, before);
  return { ...found, jobs: jobs.length };
}
