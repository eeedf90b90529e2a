import { describe, expect, test } from "@jest/globals";
import { ConfigurationError, parseInfraConfig, readInfraConfig } from "./config.ts";
import { toOptions } from "./options.ts";

const minimal = { account: "123456789012", region: "eu-central-1" };

test("account and region are enough", () => {
  expect(parseInfraConfig(minimal)).toEqual({
    ...minimal,
    name: "octally",
    store: { kind: "managed", size: "small" },
    webhook: { secretParameter: "/octally/github-webhook-secret", requestsPerSecond: 25, burst: 250, concurrency: 10 },
    worker: { concurrency: 4 },
    jobs: { concurrency: 2 },
    checks: { auditDays: 30, mostRepairs: 500, completenessPercent: 99 },
    reserveConcurrency: true,
    alarms: { emails: [], runbooks: "docs/runbooks" },
    budget: { monthlyDollars: 100 },
    logDays: 30,
    archive: { coldAfterDays: 30 },
    tracing: false,
  });
});

test("the example is valid", () => {
  expect(readInfraConfig(new URL("../octally.config.example.json", import.meta.url).pathname).account).toBe("123456789012");
});

test("everything that is missing or wrong is named at once", () => {
  expect(() => parseInfraConfig({ region: "Frankfurt", logDays: 31, worker: { concurrency: 1 }, wrong: true }, "octally.config.json")).toThrow(
    new ConfigurationError(
      [
        "octally.config.json is not valid:",
        "  account: is missing: the 12 digits of the AWS account (aws sts get-caller-identity)",
        "  region: must be an AWS region, as eu-central-1",
        "  worker.concurrency: must be at least 2: what SQS event sources allow",
        "  logDays: must be one of CloudWatch's: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653",
        '  Unrecognized key: "wrong"',
        "Every setting is described in infra/README.md.",
      ].join("\n"),
    ),
  );
});

describe("a container as the worker", () => {
  const container = { image: "123456789012.dkr.ecr.eu-central-1.amazonaws.com/octally-worker:1.2", vpc: "vpc-0a1b2c3d", subnets: ["subnet-0a1b2c3d"], publicIp: true };
  const parsed = (change: object): unknown => parseInfraConfig({ ...minimal, worker: { container: { ...container, ...change } } }).worker.container;

  test("needs an image and a place in a network", () => {
    expect(parsed({})).toEqual({ ...container, tasks: 1, cpu: 512, memoryMegabytes: 1024, concurrency: 2 });
    expect(() => parseInfraConfig({ ...minimal, worker: { container: {} } }, "octally.config.json")).toThrow(
      [
        '  worker.container.image: is missing: the image that was built and pushed, as 123456789012.dkr.ecr.eu-central-1.amazonaws.com/octally-worker:1 (docs/deploy.md, "The worker in a container")',
        "  worker.container.vpc: must be the VPC of the subnets, as vpc-0123456789abcdef0",
        '  worker.container.subnets: must be a list of the ids of subnets: ["subnet-0123456789abcdef0"]',
        "  worker.container.publicIp: is missing: true in public subnets, false in private ones with a NAT gateway",
      ].join("\n"),
    );
  });

  test.each([
    [{ image: "octally-worker:1" }, "REGISTRY/NAME:TAG"],
    [{ image: "ghcr.io/octo/worker" }, "REGISTRY/NAME:TAG"],
    [{ image: "ghcr.io/octo/worker:latest" }, "not :latest"],
    [{ image: "ghcr.io/octo/worker@sha256:0a" }, "REGISTRY/NAME@sha256:DIGEST"],
    [{ cpu: 300 }, "must be 256, 512, 1024, 2048 or 4096"],
    [{ cpu: 256, memoryMegabytes: 4096 }, "with cpu 256 Fargate has 512 to 2048 MB in steps of 512"],
    [{ memoryMegabytes: 1500 }, "with cpu 512 Fargate has 1024 to 4096 MB"],
    [{ subnets: [] }, "at least one subnet"],
    [{ publicIp: undefined }, "worker.container.publicIp: is missing: true in public subnets"],
    [{ secrets: { GITHUB_TOKEN: "x" } }, 'Unrecognized key: "secrets"'],
  ])("refuses %j", (change, says) => {
    expect(() => parsed(change)).toThrow(says);
  });

  test.each(["ghcr.io/octo/octally/worker:v1", `ghcr.io/octo/worker@sha256:${"0a".repeat(32)}`, "registry.example.org:5000/worker:1"])("takes %s", (image) => {
    expect(parsed({ image })).toMatchObject({ image });
  });
});

describe("which GitHub is read", () => {
  const parsed = (github: object): unknown => parseInfraConfig({ ...minimal, github }).github;

  test("as a token or as an App", () => {
    expect(parsed({ sources: ["octo-org", "octocat/hello.js"], tokenParameter: "/octally/github-token" })).toEqual({ sources: ["octo-org", "octocat/hello.js"], tokenParameter: "/octally/github-token", apiUrl: "https://api.github.com" });
    expect(parsed({ sources: ["octo-org"], app: { id: "Iv23abc", privateKeyParameter: "/key" }, apiUrl: "https://github.example.org/api/v3" })).toMatchObject({ app: { id: "Iv23abc" } });
  });

  test.each([
    [{ tokenParameter: "/t" }, 'github.sources: is missing: what is to be mirrored, as ["octo-org"]'],
    [{ sources: ["octo-org", "-octo"], tokenParameter: "/t" }, "github.sources.1: must be the name of an organisation"],
    [{ sources: [], tokenParameter: "/t" }, "must name at least one organisation"],
    [{ sources: ["https://github.com/octo-org"], tokenParameter: "/t" }, "github.sources.0: must be the name of an organisation"],
    [{ sources: ["octo-org"] }, 'github: needs either "app"'],
    [{ sources: ["octo-org"], tokenParameter: "/t", app: { id: "1", privateKeyParameter: "/k" } }, 'github: needs either "app"'],
    [{ sources: ["octo-org"], tokenParameter: `ghp_${"a".repeat(36)}` }, "must be the name of an SSM parameter"],
    [{ sources: ["octo-org"], token: "x" }, 'Unrecognized key: "token"'],
    [{ sources: ["octo-org"], app: { id: 12345, privateKeyParameter: "/k" } }, "github.app.id: must be the App's number or client id, in quotes"],
    [{ sources: ["octo-org"], tokenParameter: "/t", apiUrl: "https://github.com" }, "is GitHub's web site"],
    [{ sources: ["octo-org"], tokenParameter: "/t", apiUrl: "http://github.example.org/api/v3" }, "must be a URL that begins with https://"],
  ])("refuses %j", (github, says) => {
    expect(() => parsed(github)).toThrow(says);
  });
});

describe("refused:", () => {
  const endpoint = "https://search.example.org";
  const cases: readonly [string, object, string][] = [
    ["an account as a number, which loses its leading zeros", { account: 12345678901 }, "account: "],
    ["a secret where its name belongs", { webhook: { secretParameter: "hunter2" } }, "must be the name of an SSM parameter"],
    ["a secret under a key of its own", { webhook: { secret: "hunter2" } }, 'Unrecognized key: "secret"'],
    ["an OpenSearch without TLS", { store: { kind: "existing", endpoint: "http://search.example.org", credentialsParameter: "/a" } }, "https://"],
    ["an OpenSearch that everybody may use", { store: { kind: "existing", endpoint } }, 'needs either "domainArn"'],
    ["two ways into an OpenSearch", { store: { kind: "existing", endpoint, credentialsParameter: "/a", domainArn: "arn:aws:es:us-east-1:123456789012:domain/search" } }, 'needs either "domainArn"'],
    ["an unknown store", { store: { kind: "serverless" } }, 'must be { "kind": "managed", … }'],
    ["a name that AWS would refuse", { name: "Octally_1" }, "name: must be"],
    ["jobs that one token could never feed", { jobs: { concurrency: 100 } }, "jobs.concurrency: must be at most 20"],
    ["a completeness that says nothing", { checks: { completenessPercent: 10 } }, "checks.completenessPercent"],
    ["a budget of nothing", { budget: { monthlyDollars: 0 } }, "budget.monthlyDollars"],
  ];
  test.each(cases)("%s", (_, change, says) => {
    expect(() => parseInfraConfig({ ...minimal, ...change })).toThrow(says);
  });
});

test("a missing file and a broken one are told apart", () => {
  expect(() => readInfraConfig("nowhere/octally.config.json")).toThrow("Copy infra/octally.config.example.json there");
  expect(() => readInfraConfig(new URL("./config.ts", import.meta.url).pathname)).toThrow("is not JSON");
});

describe("options", () => {
  test("by default everything is deployed and the data protected", () => {
    expect(toOptions({}, "/x/infra")).toEqual({ configFile: "/x/infra/octally.config.json", bundles: "/x/dist", parts: "everything", protection: true });
  });

  test("protection is only taken away by the words", () => {
    expect(toOptions({ OCTALLY_INFRA_UNPROTECT: "destroy the store and the archive" }, "/x/infra").protection).toBe(false);
    expect(() => toOptions({ OCTALLY_INFRA_UNPROTECT: "yes" }, "/x/infra")).toThrow("must be the words");
    expect(() => toOptions({ OCTALLY_INFRA_PARTS: "some" }, "/x/infra")).toThrow('must be "everything" or "data"');
  });
});
