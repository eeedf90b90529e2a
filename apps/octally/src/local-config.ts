import { join, resolve } from "node:path";
import { parseConfig, type Environment } from "@octally/shared/config";
import { localConfig, type LocalConfig } from "./core/settings.ts";
import { repositoryRoot } from "./repository-root.ts";

export type LocalSystem = { readonly config: LocalConfig; readonly home: string };

/** @throws ConfigError that names every variable that is wrong. */
export function readLocalConfig(environment: Environment): LocalSystem {
  const config = parseConfig(localConfig, environment);
  return { config, home: homeOf(environment) };
}

/** The folder of the local system; a relative one is taken from where the user stands. */
export function homeOf(environment: Environment): string {
  const given = environment["OCTALLY_HOME"];
  if (given === undefined || given === "") return join(repositoryRoot, ".octally");
  return resolve(given);
}
