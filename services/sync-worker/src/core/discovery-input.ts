/** What is asked of the discovery: by its schedules, or by somebody who wants something loaded again. Pure. */
import { ConfigError } from "@octally/shared/errors";
import { parseSources } from "@octally/shared/sources";
import * as z from "zod";
import type { RunSpecification } from "./run.ts";

const time = z.string().transform((text, context) => {
  const ms = Date.parse(text);
  if (!Number.isNaN(ms)) return new Date(ms).toISOString();
  context.addIssue({ code: "custom", message: "is not a time. Write it as 2026-11-21 or 2026-11-21T07:00:00Z." });
  return z.NEVER;
});

const load = z.strictObject({ sources: z.array(z.string()).optional(), kinds: z.array(z.string()).min(1).optional(), since: time.nullable().default(null), until: time.nullable().default(null) });
const input = z.strictObject({ look: z.enum(["new", "all"]).optional(), load: load.optional() });
const SHAPES = 'The discovery takes { "look": "new" }, { "look": "all" }, or { "load": { "sources"?: […], "kinds"?: […], "since"?: "…", "until"?: "…" } }.';

export type DiscoveryWish = { readonly do: "new" | "all" } | { readonly do: "load"; readonly specification: RunSpecification };

/** @throws ConfigError that says what is wrong */
export function decideDiscovery(event: unknown, all: { readonly sources: readonly string[]; readonly kinds: readonly string[] }): DiscoveryWish {
  const parsed = input.safeParse(event);
  if (!parsed.success) throw new ConfigError(`${z.prettifyError(parsed.error)}\n${SHAPES}`);
  const { look, load: wish } = parsed.data;
  if (look !== undefined && wish === undefined) return { do: look };
  if (wish === undefined || look !== undefined) throw new ConfigError(SHAPES);
  const { sources, kinds = all.kinds, since, until } = wish;
  const unknown = kinds.filter((kind) => !all.kinds.includes(kind));
  if (unknown.length > 0) throw new ConfigError(`There is no kind ${unknown.join(", ")}. There are: ${all.kinds.join(", ")}.`);
  const wanted = sources === undefined ? all.sources : parseSources(sources.join(","));
  if (wanted.length === 0) throw new ConfigError("Nothing says what is to be loaded: name sources, or set OCTALLY_SOURCES.");
  return { do: "load", specification: { sources: wanted, kinds, since, until } };
}
