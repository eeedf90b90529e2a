import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { claimHome, instanceFile, readInstance, type Instance } from "./instance.ts";

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "octally-instance-"));
});
afterAll(() => rm(home, { recursive: true }));

test("a record that is none says that nothing runs, and gives no process ids", async () => {
  const [pid, url, pids] = [process.pid, "http://127.0.0.1:4000", { queue: 2 }];
  for (const record of ["", "{", "null", "[]", "{}", '{"pid":"x"}', JSON.stringify({ home, url, pid, pids: null }), JSON.stringify({ home, url, pid: -1, pids }), JSON.stringify({ home, url, pid, pids: { queue: -1 } })]) {
    await writeFile(instanceFile(home), record);
    expect([record, await readInstance(home)]).toEqual([record, undefined]);
  }
  await writeFile(instanceFile(home), JSON.stringify({ home, url, pid, pids, of: "another release" }));
  expect(await readInstance(home)).toMatchObject({ pid, pids });
});

test("a home whose record cannot be read is not claimed, and nobody is told to end what is not there", async () => {
  await writeFile(instanceFile(home), "{");
  await expect(claimHome({ home, pid: process.pid } as Instance)).rejects.toThrow(/is in the way/u);
});
