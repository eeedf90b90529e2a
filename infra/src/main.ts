/** What `cdktf synth`, `cdktf deploy` and `./octally deploy` run: configuration in, Terraform's JSON out. */
import { resolve } from "node:path";
import { ConfigurationError, readInfraConfig } from "./config.ts";
import { toOptions } from "./options.ts";
import { synthesize } from "./synthesize.ts";

const infra = resolve(import.meta.dirname, "..");

try {
  const { configFile, ...options } = toOptions(process.env, infra);
  synthesize(readInfraConfig(configFile), options);
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
