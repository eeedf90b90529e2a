/** meltanolabs-tap-github, unmodified, against an address of our choice. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import * as z from "zod";
import { installPeer } from "./python-peer.ts";

const catalogSchema = z.looseObject({ streams: z.array(z.looseObject({ tap_stream_id: z.string(), metadata: z.array(z.looseObject({ breadcrumb: z.array(z.string()), metadata: z.record(z.string(), z.unknown()) })) })) });
const lineSchema = z.looseObject({ type: z.string(), stream: z.string().optional(), record: z.record(z.string(), z.unknown()).optional() });

export type TapRecord = Readonly<Record<string, unknown>>;
export type TapRun = { readonly streams: readonly string[]; readonly records: ReadonlyMap<string, readonly TapRecord[]>; readonly exitCode: number | undefined; readonly log: string };

/** Its base URL is that of the API; `isWanted` chooses among the streams it has. */
export async function runTapGithub(options: { readonly apiUrl: string; readonly token: string; readonly organization: string; readonly isWanted: (stream: string) => boolean }): Promise<TapRun> {
  const bin = await installPeer("tap-github");
  const folder = await mkdtemp(join(tmpdir(), "octally-tap-"));
  try {
    const [config, catalog] = [join(folder, "config.json"), join(folder, "catalog.json")];
    await writeFile(config, JSON.stringify({ auth_token: options.token, organizations: [options.organization], start_date: "2000-01-01T00:00:00Z" }));
    const python = join(bin, "python");
    const start = [join(import.meta.dirname, "tap-github-at.py"), options.apiUrl, "--config", config];
    const discovered = catalogSchema.parse(JSON.parse((await execa(python, [...start, "--discover"])).stdout));
    for (const stream of discovered.streams) {
      for (const { breadcrumb, metadata } of stream.metadata) if (breadcrumb.length === 0) metadata["selected"] = options.isWanted(stream.tap_stream_id);
    }
    await writeFile(catalog, JSON.stringify(discovered));
    const run = await execa(python, [...start, "--catalog", catalog], { reject: false, stdin: "ignore", maxBuffer: 1_000_000_000 });
    const lines = run.stdout.split("\n").filter((line) => line !== "").map((line) => lineSchema.parse(JSON.parse(line)));
    const records = Map.groupBy(lines.flatMap(({ type, stream, record }) => (type === "RECORD" && stream !== undefined && record !== undefined ? [{ stream, record }] : [])), ({ stream }) => stream);
    return { streams: discovered.streams.map(({ tap_stream_id }) => tap_stream_id), records: new Map([...records].map(([stream, rows]) => [stream, rows.map(({ record }) => record)])), exitCode: run.exitCode, log: run.stderr };
  } finally {
    await rm(folder, { recursive: true });
  }
}
