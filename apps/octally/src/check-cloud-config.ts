/** What `octally doctor` says of a deployment's configuration, where there is one; AWS is not asked. */
import { existsSync } from "node:fs";
import type { Environment } from "@octally/shared/config";
import { messageOf } from "@octally/shared/errors";
import type { Finding } from "./core/finding.ts";
import { infraConfigFile, isInfraInstalled, readInfraSettings } from "./edges/infra-package.ts";

export async function checkCloudConfig(environment: Environment): Promise<readonly Finding[]> {
  const file = infraConfigFile(environment);
  // Its packages come with the first `octally deploy`.
  if (!existsSync(file) || !isInfraInstalled()) return [];
  const settings = await readInfraSettings(environment).catch(messageOf);
  if (typeof settings === "string") return [{ name: "cloud", ok: false, problem: settings }];
  const { account, region, sources } = settings;
  const reads = sources.length === 0 ? 'webhooks only ("github" adds the history and the checks)' : `GitHub is read: ${sources.join(", ")}`;
  return [{ name: "cloud", ok: true, detail: `${file}: account ${account}, ${region}, ${reads}; octally deploy looks at the rest` }];
}
