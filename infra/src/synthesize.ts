import { App } from "cdktf";
import type { InfraConfig } from "./config.ts";
import { OctallyStack, type StackOptions } from "./stacks/octally-stack.ts";

export const STACK = "octally";

/** Writes `<outdir>/stacks/octally/cdk.tf.json` and the bundles beside it. The same input gives the same bytes. */
export function synthesize(config: InfraConfig, options: StackOptions, outdir?: string): void {
  const app = new App(outdir === undefined ? {} : { outdir });
  new OctallyStack(app, STACK, config, options);
  app.synth();
}
