import { resolve } from "node:path";
import { ConfigurationError } from "./config.ts";
import type { StackOptions } from "./stacks/octally-stack.ts";

const WORDS = "destroy the store and the archive";

/**
 * How a stack is synthesised, beside its configuration:
 *
 *   OCTALLY_INFRA_CONFIG      the configuration's file; infra/octally.config.json
 *   OCTALLY_INFRA_BUNDLES     the folder of the built bundles; dist
 *   OCTALLY_INFRA_PARTS       `everything` or `data`
 *   OCTALLY_INFRA_UNPROTECT   the words "destroy the store and the archive": then Terraform may
 *
 * @throws ConfigurationError
 */
export function toOptions(environment: Readonly<Record<string, string | undefined>>, infra: string): StackOptions & { readonly configFile: string } {
  const parts = environment["OCTALLY_INFRA_PARTS"] || "everything";
  if (parts !== "everything" && parts !== "data") throw new ConfigurationError(`OCTALLY_INFRA_PARTS is "${parts}": it must be "everything" or "data".`);
  const unprotect = environment["OCTALLY_INFRA_UNPROTECT"] || undefined;
  if (unprotect !== undefined && unprotect !== WORDS) throw new ConfigurationError(`OCTALLY_INFRA_UNPROTECT must be the words "${WORDS}", or not be set.`);
  return {
    configFile: resolve(environment["OCTALLY_INFRA_CONFIG"] || `${infra}/octally.config.json`),
    bundles: resolve(environment["OCTALLY_INFRA_BUNDLES"] || `${infra}/../dist`),
    parts,
    protection: unprotect === undefined,
  };
}
