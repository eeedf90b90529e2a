/** Late events bring documents under a name that their repository no longer has, or of one that is gone: they follow it. */
import { expect, test } from "@jest/globals";
import { kinds } from "@octally/model/registry";
import type { Observation } from "@octally/model/observation";
import { allKinds } from "@octally/model/own/registry";
import { toVersion } from "@octally/model/version";
import { makeMemoryDocuments } from "../../../packages/store/test/memory-documents.ts";
import { makeMemoryReader } from "../../../packages/store/test/memory-reader.ts";
import { planStrays } from "./core/strays.ts";
import { parseSource } from "./core/source.ts";
import { findStrays } from "./find-strays.ts";

const at = (day: number): string => `2026-03-0${day}T00:00:00.000Z`;
const repository = (id: number, name: string, day: number, deletedAt: string | null = null): Observation => ({ kind: "repository", id: String(id), org: name.split("/")[0] ?? "", repository: { id, name_with_owner: name }, document: { id, full_name: name, owner: { login: name.split("/")[0] } }, deletedAt, version: toVersion(at(day), at(day)), observedAt: at(day), source: "rest", archive: null });
const status = (id: number, of: number, name: string, day: number): Observation => ({ ...repository(of, name, day), kind: "status", id: String(id), document: { id } });

test("of each repository, and only where something is astray", async () => {
  const documents = makeMemoryDocuments(allKinds);
  await documents.store.write([
    repository(1, "octo/engine", 5), status(11, 1, "octo/engine", 6), status(12, 1, "octo/motor", 4),
    repository(2, "octo/docs", 5), status(21, 2, "octo/docs", 3),
    repository(3, "octo/gone", 5, at(5)), status(31, 3, "octo/gone", 4),
    repository(4, "octo/wiki", 2), status(41, 4, "octo/notes", 3),
    repository(5, "ada/given", 5), status(51, 5, "octo/given", 4),
    repository(6, "eve/other", 5), status(61, 6, "eve/another", 4),
  ]);
  const found = await findStrays({ kinds, reader: makeMemoryReader(documents) }, [parseSource("octo")]);
  expect(planStrays(found).map((job) => (job.type === "refresh" ? `refresh ${job.repository?.name_with_owner ?? ""}` : `${job.change} ${job.repository.name_with_owner} of ${job.org ?? ""}`)).toSorted()).toEqual([
    "deleted octo/gone of octo",
    "refresh octo/notes",
    "renamed octo/engine of octo",
    "transferred ada/given of ada",
  ]);
});
