import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "@octally/shared/config";
import { ConfigError } from "@octally/shared/errors";
import { execa } from "execa";
import { parseJavaVersion } from "../core/java-version.ts";

/** OpenSearch 2.19 runs on Java 11 and later. */
const OLDEST_JAVA = 11;

export type Java = { readonly command: string; readonly version: number };

/**
 * The Java of `JAVA_HOME`, else the one on the path.
 * @throws ConfigError when there is none or it is too old.
 */
export async function findJava(environment: Environment): Promise<Java> {
  const home = environment["JAVA_HOME"];
  const command = home === undefined || home === "" ? "java" : join(home, "bin", "java");
  if (command !== "java" && !existsSync(command)) {
    throw new ConfigError(`JAVA_HOME is ${home}, but ${command} does not exist. Point JAVA_HOME at a Java ${OLDEST_JAVA} or later, or unset it to use the java on the PATH.`);
  }
  const answer = await execa(command, ["-version"], { env: { ...environment }, extendEnv: false, reject: false, all: true, stdin: "ignore" });
  const version = parseJavaVersion(answer.all ?? "");
  if (answer.failed || version === undefined) {
    throw new ConfigError(
      `Java was not found. The embedded OpenSearch needs Java ${OLDEST_JAVA} or later: install one (for example "apt install openjdk-17-jre-headless" or "brew install openjdk@21"), or set OPENSEARCH_URL to an OpenSearch of your own.`,
    );
  }
  if (version < OLDEST_JAVA) {
    throw new ConfigError(`Java ${version} was found, but OpenSearch needs Java ${OLDEST_JAVA} or later: install a newer one and set JAVA_HOME to it.`);
  }
  return { command, version };
}
