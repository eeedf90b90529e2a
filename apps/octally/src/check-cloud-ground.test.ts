import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { execa } from "execa";
import { isInfraInstalled } from "./edges/infra-package.ts";
import { repositoryRoot } from "./repository-root.ts";

/** `octally deploy` and `destroy` as a process, with a Terraform that only writes down that it was called, and an AWS of this file. */
let folder = "";
let aws: Server;
let parameters: Record<string, string> = {};
let account = "";
// A process each, on a machine that may be busy.
jest.setTimeout(60_000);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "octally-deploy-"));
  [parameters, account] = [{ "/octally/github-webhook-secret": "SecureString" }, "123456789012"];
  aws = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk) => (text += String(chunk)));
    request.on("end", () => {
      if (request.headers["x-amz-target"] === "AmazonSSM.GetParameters") {
        const asked = JSON.parse(text) as { Names: string[]; WithDecryption: boolean };
        const found = asked.Names.filter((name) => name in parameters).map((Name) => ({ Name, Type: parameters[Name] }));
        response.writeHead(asked.WithDecryption ? 500 : 200, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify({ Parameters: found }));
      } else if (account === "") {
        response.writeHead(403).end("<ErrorResponse><Error><Type>Sender</Type><Code>InvalidClientTokenId</Code><Message>The security token is invalid.</Message></Error></ErrorResponse>");
      } else {
        response.end(`<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::${account}:user/me</Arn><Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`);
      }
    });
  });
  await new Promise<void>((done) => void aws.listen(0, "127.0.0.1", done));
});

afterEach(async () => {
  aws.closeAllConnections();
  await new Promise((done) => void aws.close(done));
  rmSync(folder, { recursive: true, force: true });
});

function fakeTerraform(version: string): string {
  const bin = join(folder, "bin");
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, "terraform"), `#!/bin/sh\nif [ "$1" = version ]; then echo '{"terraform_version": "${version}"}'; else echo "$@" >> '${folder}/called'; fi\n`);
  chmodSync(join(bin, "terraform"), 0o755);
  return bin;
}

type Ground = { readonly terraform?: string | null; readonly config?: object | string; readonly environment?: Record<string, string>; readonly args?: readonly string[] };

/** What is said; that Terraform was not called and nothing was synthesised holds for each. */
async function refusal({ terraform = "1.11.4", config = { account: "123456789012", region: "eu-central-1" }, environment = {}, args = ["deploy", "--yes"] }: Ground): Promise<string> {
  const file = join(folder, "octally.config.json");
  writeFileSync(file, typeof config === "string" ? config : JSON.stringify(config));
  const nowhere = { AWS_CONFIG_FILE: "/dev/null", AWS_SHARED_CREDENTIALS_FILE: "/dev/null", AWS_EC2_METADATA_DISABLED: "true" };
  const { stderr, stdout, exitCode } = await execa(process.execPath, ["--disable-warning=ExperimentalWarning", join(repositoryRoot, "apps/octally/src/main.ts"), ...args], {
    env: {
      PATH: terraform === null ? join(folder, "empty") : fakeTerraform(terraform),
      HOME: folder,
      OCTALLY_INFRA_CONFIG: file,
      CDKTF_OUTDIR: join(folder, "out"),
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(aws.address() as AddressInfo).port}`,
      AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
      AWS_SECRET_ACCESS_KEY: "not-to-be-told",
      ...nowhere,
      ...environment,
    },
    extendEnv: false,
    reject: false,
    stdin: "ignore",
  });
  expect(exitCode).toBe(1);
  expect(stdout).toBe("");
  expect(stderr).toContain("Nothing was changed.");
  expect(stderr).not.toMatch(/\n +at |not-to-be-told/u);
  expect(readdirSync(folder)).not.toEqual(expect.arrayContaining(["out"]));
  expect(() => readFileSync(join(folder, "called"))).toThrow("ENOENT");
  return stderr;
}

(isInfraInstalled() ? describe : describe.skip)("a deployment does not begin", () => {
  test("without Terraform, or with one that is too old", async () => {
    expect(await refusal({ terraform: null })).toContain("Terraform was not found on the PATH. Install Terraform 1.10 or later");
    expect(await refusal({ terraform: "1.9.8" })).toContain("Terraform 1.9.8 is too old.");
  });

  test("with a broken configuration, or none", async () => {
    expect(await refusal({ config: { account: "1", region: "Frankfurt" } })).toMatch(/account: must be the 12 digits[^]*region: must be an AWS region, as eu-central-1/u);
  });

  test("with a configuration that is no JSON", async () => {
    expect(await refusal({ config: "{" })).toContain("is not JSON");
  });

  test("without credentials", async () => {
    expect(await refusal({ environment: { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" } })).toContain("No AWS credentials were found. Log in");
  });

  test("with credentials that AWS refuses", async () => {
    account = "";
    expect(await refusal({})).toContain("AWS refuses the credentials (InvalidClientTokenId");
  });

  test("in another account", async () => {
    account = "999999999999";
    expect(await refusal({})).toContain("are of the account 999999999999, but");
  });

  test("in another region than the environment says", async () => {
    expect(await refusal({ environment: { AWS_REGION: "us-east-1" } })).toContain("AWS_REGION is us-east-1, but");
  });

  test("where AWS does not answer", async () => {
    expect(await refusal({ environment: { AWS_ENDPOINT_URL: "http://127.0.0.1:9" } })).toContain("AWS does not answer in eu-central-1");
  });

  test("without its parameters, or with one that is not encrypted", async () => {
    parameters = { "/octally/old": "String" };
    const says = await refusal({ config: { account, region: "eu-central-1", webhook: { previousSecretParameter: "/octally/old" } } });
    expect(says).toContain("/octally/github-webhook-secret does not exist: aws ssm put-parameter --region eu-central-1");
    expect(says).toContain("/octally/old is not encrypted");
  });

  test("without the key of the App that reads GitHub", async () => {
    const app = { id: "12", privateKeyParameter: "/octally/app-key" };
    expect(await refusal({ config: { account, region: "eu-central-1", github: { sources: ["octo-org"], app } } })).toContain("/octally/app-key does not exist: aws ssm put-parameter --region eu-central-1");
  });

  test("every problem is told at once", async () => {
    expect(await refusal({ terraform: null, environment: { AWS_REGION: "us-east-1" } })).toMatch(/Terraform was not found[^]*AWS_REGION is us-east-1/u);
  });

  test("nor does a destruction, by other words than the words", async () => {
    expect(await refusal({ args: ["destroy", "--yes", "--data", "yes"] })).toContain('must be the words "destroy the store and the archive"');
  });
});
