/** A synthesised stack as data, and ways to look at it. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseInfraConfig } from "../src/config.ts";
import type { StackOptions } from "../src/stacks/octally-stack.ts";
import { STACK, synthesize } from "../src/synthesize.ts";

// oxlint-disable-next-line typescript/no-explicit-any -- Terraform's JSON has a shape for every type of resource
export type Resource = Record<string, any>;
export type Stack = {
  readonly resource: Record<string, Record<string, Resource>>;
  readonly provider: { readonly aws: Resource[] };
  readonly terraform: Resource;
  readonly output?: Record<string, { readonly value: unknown }>;
};

export const ACCOUNT = "123456789012";
export const minimal = { account: ACCOUNT, region: "us-east-1" };
export const existing = { ...minimal, store: { kind: "existing", endpoint: "https://search.example.org", credentialsParameter: "/octally/opensearch" }, alarms: { emails: ["ops@example.org"] } };

const container = { image: `${ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/octally-worker:1`, vpc: "vpc-0123456789abcdef0", subnets: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"], publicIp: true };
export const contained = { ...minimal, worker: { container } };

/** With GitHub read: by a token, by an App. */
export const reading = { ...minimal, github: { sources: ["octo-org", "octocat/hello"], tokenParameter: "/octally/github-token" } };
const asApp = { sources: ["octo-org"], app: { id: "12345", privateKeyParameter: "/octally/github-app-key" }, apiUrl: "https://github.example.org/api/v3" };
export const readingContained = { ...contained, github: reading.github };

/** Every kind of stack that can be asked for. */
export const variants: readonly [string, object, Partial<StackOptions>][] = [
  ["small", minimal, {}],
  ["production, with everything", { ...minimal, store: { kind: "managed", size: "production" }, tracing: true, secretsKeyArn: `arn:aws:kms:us-east-1:${ACCOUNT}:key/0a1b`, webhook: { previousSecretParameter: "/octally/old" } }, {}],
  ["existing domain", { ...minimal, store: { kind: "existing", endpoint: "https://search-x.us-east-1.es.amazonaws.com", domainArn: `arn:aws:es:us-east-1:${ACCOUNT}:domain/search` } }, {}],
  ["existing endpoint", existing, {}],
  ["a container as the worker", contained, {}],
  ["a container from another registry, into an existing endpoint", { ...existing, worker: { container: { ...container, image: `ghcr.io/octo/octally-worker@sha256:${"0a".repeat(32)}`, tasks: 2, publicIp: false } } }, {}],
  ["GitHub is read with a token", reading, {}],
  ["GitHub is read as an App, with everything", { ...reading, github: asApp, tracing: true, secretsKeyArn: `arn:aws:kms:us-east-1:${ACCOUNT}:key/0a1b`, jobs: { concurrency: 5 }, checks: { completenessPercent: 99.9 } }, {}],
  ["GitHub is read, into an existing endpoint", { ...existing, github: reading.github }, {}],
  ["GitHub is read by a container", readingContained, {}],
  ["only data, managed store", minimal, { parts: "data" }],
  ["only data, existing store", existing, { parts: "data" }],
];

/** Bundles that stand for the real ones: what is in them is no matter of the stack. */
export function fakeBundles(folder: string): string {
  for (const [service, entry] of [["webhook-intake", "handler"], ["sync-worker", "deliveries-handler"], ["sync-worker", "jobs-handler"], ["sync-worker", "discovery-handler"], ["integrity-checker", "handler"]] as const) {
    mkdirSync(join(folder, service, "chunks"), { recursive: true });
    writeFileSync(join(folder, service, `${entry}.mjs`), `import "./chunks/part.mjs";\nexport const handler = async () => ({ statusCode: 202 });\n`);
    writeFileSync(join(folder, service, "chunks/part.mjs"), "export {};\n");
    writeFileSync(join(folder, service, "meta.json"), "{}");
  }
  return folder;
}

/** Calls `work` with a folder of its own, which is gone afterwards. */
export function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "octally-infra-"));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function synthesizeInto(folder: string, config: object, options: Partial<StackOptions> = {}): string {
  const bundles = fakeBundles(join(folder, "bundles"));
  const outdir = join(folder, "out");
  synthesize(parseInfraConfig(config), { bundles, parts: "everything", protection: true, ...options }, outdir);
  return join(outdir, "stacks", STACK);
}

export function readStack(stackFolder: string): Stack {
  return JSON.parse(readFileSync(join(stackFolder, "cdk.tf.json"), "utf8"));
}

export function stackOf(config: object, options: Partial<StackOptions> = {}): Stack {
  return inFolder((folder) => readStack(synthesizeInto(folder, config, options)));
}

/** All resources of a type, by their ids. */
export function all(stack: Stack, type: string): [string, Resource][] {
  return Object.entries(stack.resource[type] ?? {});
}

/** The resource that a reference (`${type.id.attribute}`) stands for. */
export function referred(stack: Stack, reference: string): Resource | undefined {
  const [, type = "", id = ""] = /^\$\{([^.]+)\.([^.]+)\.[^}]+\}$/.exec(reference) ?? [];
  return stack.resource[type]?.[id];
}

/** A copy of the stack with one thing changed. */
export function broken(stack: Stack, change: (copy: Stack) => void): Stack {
  const copy = structuredClone(stack);
  change(copy);
  return copy;
}

/** The only resource of the type whose id contains the word. */
export function one(stack: Stack, type: string, word = ""): Resource {
  const found = all(stack, type).filter(([id]) => id.includes(word));
  if (found.length !== 1) throw new Error(`${found.length} resources of type ${type} are like "${word}"`);
  return found[0]![1];
}
