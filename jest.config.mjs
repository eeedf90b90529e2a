/** Node runs the TypeScript sources as they are; jest has swc strip the types, and runs them as ES modules. */
const transform = { "^.+\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2024" }, sourceMaps: "inline" }] };
const base = { testEnvironment: "node", extensionsToTreatAsEsm: [".ts"], transform, modulePathIgnorePatterns: ["/dist/", "/\\.octally/"] };

/** What runs only when it is asked for: `octally test --peers`, `--large`. */
const onDemand = (process.env.OCTALLY_TEST_ON_DEMAND ?? "").split(",");
const servers = { globalSetup: "<rootDir>/test/setup/start-servers.ts", globalTeardown: "<rootDir>/test/setup/stop-servers.ts" };

export default {
  // Two cores, one OpenSearch: more workers would only wait for each other.
  maxWorkers: 2,
  // A test that hangs is found; one on a busy machine is not taken for it.
  testTimeout: 60_000,
  projects: [
    { ...base, displayName: "unit", testMatch: ["<rootDir>/{packages,services,apps}/*/src/**/*.test.ts", "<rootDir>/bench/src/**/*.test.ts", "<rootDir>/tools/**/*.test.ts", "<rootDir>/infra/src/**/*.test.ts", "<rootDir>/test/*.test.ts"] },
    { ...base, ...servers, displayName: "integration", testMatch: ["<rootDir>/{packages,services,apps}/*/test/integration/**/*.test.ts", "<rootDir>/bench/test/integration/**/*.test.ts"] },
    // Real Terraform with the real provider, where both are found (infra/README.md).
    { ...base, displayName: "infra", testMatch: ["<rootDir>/infra/test/**/*.test.ts"] },
    // Clients that others wrote, installed from PyPI.
    ...(onDemand.includes("peers") ? [{ ...base, displayName: "peers", testMatch: ["<rootDir>/apps/octally/test/peers/**/*.test.ts"] }] : []),
    // What takes minutes: whole organisations, thousands of histories.
    ...(onDemand.includes("large") ? [{ ...base, ...servers, displayName: "large", testMatch: ["<rootDir>/{packages,services,apps}/*/test/large/**/*.test.ts"] }] : []),
    { ...base, displayName: "system", testMatch: ["<rootDir>/apps/octally/test/system/**/*.test.ts"] },
  ],
};
