/** What is missing is said before anything starts: what happened, what it means, what to do. */
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, jest, test } from "@jest/globals";
import { execa } from "execa";
import { makeHome, octally, removeHome } from "./running-system.ts";

jest.setTimeout(200_000);

let bin: string;
let home: string;
let environment: NodeJS.ProcessEnv;

/** A PATH with Node and the basic tools, but neither Java nor Maven. */
beforeAll(async () => {
  bin = await mkdtemp(join(tmpdir(), "octally-bin-"));
  const tools = ["sh", "env", "cat", "cksum", "dirname", "readlink", "ps"];
  for (const tool of tools) {
    const found = await execa("which", [tool], { reject: false });
    if (!found.failed) await symlink(await realpath(found.stdout), join(bin, tool));
  }
  await symlink(process.execPath, join(bin, "node"));
});
afterAll(() => rm(bin, { recursive: true }));
beforeEach(async () => {
  ({ home, environment } = await makeHome());
});
afterEach(() => removeHome(home));

async function refusal(changes: NodeJS.ProcessEnv): Promise<string> {
  const { code, stdout, stderr } = await octally(["up", "--json"], { ...environment, ...changes });
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).not.toContain("    at ");
  return stderr;
}

test("without Java", async () => {
  expect(await refusal({ PATH: bin, JAVA_HOME: "" })).toMatch(/Java was not found.*install one.*OPENSEARCH_URL/su);
});

test("with a JAVA_HOME that leads nowhere", async () => {
  expect(await refusal({ JAVA_HOME: "/no/such/java" })).toMatch(/JAVA_HOME is \/no\/such\/java/u);
});

test("with a Java that is too old", async () => {
  const java = join(dirname(home), "old", "bin");
  await mkdir(java, { recursive: true });
  await writeFile(join(java, "java"), "#!/bin/sh\necho 'java version \"1.8.0_402\"' >&2\n", { mode: 0o755 });
  expect(await refusal({ JAVA_HOME: dirname(java) })).toMatch(/Java 8 was found.*Java 11 or later/su);
});

test("without Maven, where OpenSearch has not been resolved yet", async () => {
  const fresh = join(dirname(home), "fresh");
  expect(await refusal({ PATH: bin, OCTALLY_HOME: fresh })).toMatch(/Maven \("mvn"\) was not found.*install it/su);
});

test("with a home that cannot be written to", async () => {
  const file = join(dirname(home), "a-file");
  await writeFile(file, "");
  expect(await refusal({ OCTALLY_HOME: join(file, "home") })).toMatch(/cannot be written to.*OCTALLY_HOME/su);
});

test("with a folder of the home that is none, or another's", async () => {
  await writeFile(join(home, "queue-data"), "");
  expect(await refusal({})).toMatch(/queue-data cannot be written to.*OCTALLY_HOME/su);
});

test("with settings that are not valid, each one named", async () => {
  expect(await refusal({ OCTALLY_OPENSEARCH_PORT: "9400", OPENSEARCH_URL: "localhost" })).toMatch(/OPENSEARCH_URL.*OCTALLY_OPENSEARCH_PORT.*9299/su);
});

test("with an OpenSearch of one's own that is not there", async () => {
  expect(await refusal({ OPENSEARCH_URL: "http://127.0.0.1:1" })).toMatch(/OpenSearch at http:\/\/127\.0\.0\.1:1 cannot be reached/u);
});

test("doctor finds the same, and its exit code says that there is something", async () => {
  const answer = await octally(["doctor"], { ...environment, PATH: bin, JAVA_HOME: "" });
  expect(answer.code).toBe(1);
  expect(answer.stdout).toMatch(/^problem {2}java: Java was not found/mu);
  const well = await octally(["doctor", "--json"], environment);
  expect(well.stdout.split("\n").map((line) => JSON.parse(line) as object)).toContainEqual(expect.objectContaining({ name: "java", ok: true }));
  expect(well.code).toBe(0);
});
