/** What must be right before anything is planned or made on AWS. Nothing is changed by looking. */
import type { Environment } from "@octally/shared/config";
import { messageOf } from "@octally/shared/errors";
import type { Finding } from "./core/finding.ts";
import { fetchCaller, fetchParameterKinds } from "./edges/aws-account.ts";
import { type InfraSettings, isInfraInstalled, readInfraSettings } from "./edges/infra-package.ts";
import { findTerraform } from "./edges/terraform.ts";

export type CloudGround = { readonly findings: readonly Finding[]; /** Known where the configuration is valid. */ readonly settings: InfraSettings | undefined };

/** In the order in which they are worth reading; what cannot be looked at yet is not among them. */
export async function checkCloudGround(environment: Environment, { parameters, unprotect }: { readonly parameters: boolean; readonly unprotect?: string | undefined }): Promise<CloudGround> {
  const found = await findTerraform(environment);
  const terraform: Finding = "version" in found ? { name: "terraform", ok: true, detail: found.version } : { name: "terraform", ok: false, problem: found.problem };
  if (!isInfraInstalled()) {
    return { findings: [terraform, { name: "packages", ok: false, problem: "The packages of infra are not installed. Run this through ./octally, which brings them." }], settings: undefined };
  }
  const settings = await readInfraSettings(environment, unprotect).catch(messageOf);
  if (typeof settings === "string") return { findings: [terraform, { name: "configuration", ok: false, problem: settings }], settings: undefined };

  const findings: Finding[] = [terraform, { name: "configuration", ok: true, detail: settings.file }, checkRegion(environment, settings)];
  if (findings.every(({ ok, name }) => ok || name === "terraform")) {
    const credentials = await checkCredentials(settings);
    findings.push(credentials);
    if (credentials.ok && parameters) findings.push(await checkParameters(settings));
  }
  return { findings, settings };
}

function checkRegion(environment: Environment, { region, file }: InfraSettings): Finding {
  const variable = ["AWS_REGION", "AWS_DEFAULT_REGION"].find((name) => (environment[name] ?? "") !== "");
  const other = variable === undefined ? region : environment[variable];
  if (other === region) return { name: "region", ok: true, detail: region };
  return { name: "region", ok: false, problem: `${variable} is ${other}, but ${file} says ${region}. Correct the one that is wrong, or unset ${variable}: a second deployment in another region would be a second Octally.` };
}

async function checkCredentials({ account, region, file }: InfraSettings): Promise<Finding> {
  const caller = await fetchCaller(region).catch(messageOf);
  if (typeof caller === "string") return { name: "credentials", ok: false, problem: caller };
  if (caller.account === account) return { name: "credentials", ok: true, detail: caller.arn };
  return { name: "credentials", ok: false, problem: `The credentials (${caller.arn}) are of the account ${caller.account}, but ${file} says ${account}. Use another profile (AWS_PROFILE), or correct "account".` };
}

async function checkParameters({ region, parameters }: InfraSettings): Promise<Finding> {
  const kinds = await fetchParameterKinds(region, parameters).catch(messageOf);
  if (typeof kinds === "string") return { name: "parameters", ok: false, problem: kinds };
  const wrong = [...kinds].filter(([, kind]) => kind !== "secret");
  if (wrong.length === 0) return { name: "parameters", ok: true, detail: parameters.join(", ") };
  const lines = wrong.map(([name, kind]) =>
    kind === "missing"
      ? `  ${name} does not exist: aws ssm put-parameter --region ${region} --type SecureString --name ${name} --value …`
      : `  ${name} is not encrypted: delete it, and put it again as SecureString`,
  );
  return { name: "parameters", ok: false, problem: `SSM parameters in ${region} that the functions read at their start:\n${lines.join("\n")}\nWhat goes into them: docs/deploy.md, "The secrets".` };
}
