import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { parseDeliveryMessage } from "@octally/shared/delivery";
import { bundleService, findEntries } from "../../../../tools/build-bundles.ts";
import { context, signedEvent } from "../signed-event.ts";
import { drain, type LocalAws, openLocalAws } from "./local-aws.ts";

const run = promisify(execFile);
const service = "webhook-intake";

let aws: LocalAws;
let folder: string;

beforeAll(async () => {
  aws = await openLocalAws();
  folder = await mkdtemp(join(tmpdir(), "octally-bundle-"));
});
afterAll(async () => {
  aws.close();
  await rm(folder, { recursive: true });
});

async function bundle(name: string): Promise<{ startBytes: number; hash: string }> {
  const [figures] = await bundleService(service, findEntries([service]).get(service) ?? [], join(folder, name));
  const out = join(folder, name, service);
  const files = (await readdir(out, { recursive: true })).filter((file) => file.endsWith(".mjs")).toSorted();
  const hash = createHash("sha256");
  for (const file of files) hash.update(file).update(await readFile(join(out, file)));
  return { startBytes: figures?.startBytes ?? Number.NaN, hash: hash.digest("hex") };
}

test("the bundle is small, the same each time, and stores deliveries with nothing but an environment", async () => {
  const [first, second] = [await bundle("first"), await bundle("second")];
  expect(first.startBytes).toBeLessThan(500_000);
  expect(second.hash).toBe(first.hash);

  await writeFile(join(folder, "events.json"), JSON.stringify([signedEvent('{"small":1}'), signedEvent("x".repeat(300_000)), signedEvent("{}", { secret: "wrong" })]));
  const script = `
    import { readFileSync } from "node:fs";
    const { handler } = await import("./first/${service}/handler.mjs");
    const statuses = [];
    for (const event of JSON.parse(readFileSync("events.json", "utf8"))) statuses.push((await handler(event, ${JSON.stringify(context)})).statusCode);
    process.stdout.write(statuses.join());`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", script], { cwd: folder, env: aws.environment });
  expect(stdout).toBe("202,202,401");
  const kinds = (await drain(aws.queue, 2)).map((message) => parseDeliveryMessage(message).body.kind);
  expect(kinds.toSorted()).toEqual(["claim", "utf8"]);
}, 30_000);
