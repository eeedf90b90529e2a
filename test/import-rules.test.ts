/** The table of CONTRIBUTING.md: who may import whom, and what the pure parts may not touch. */
import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, test } from "@jest/globals";

const root = resolve(import.meta.dirname, "..");

const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  "packages/shared": [],
  "packages/model": ["shared"],
  "packages/github": ["shared"],
  "packages/store": ["shared", "model"],
  "packages/github-simulator": ["shared"],
  "services/webhook-intake": ["shared"],
  "services/sync-worker": ["shared", "github", "model", "store"],
  "services/integrity-checker": ["shared", "github", "model", "store"],
  infra: [],
  tools: [],
};
/** May import everything. */
const FREE = ["apps/octally", "bench", "test"];

type Source = { readonly file: string; readonly home: string; readonly text: string; readonly imports: readonly string[] };

const IMPORT = /(?:^|\n)\s*(?:import|export)\b[^"';]*?\bfrom\s+"([^"]+)"|\bimport\(\s*"([^"]+)"|(?:^|\n)\s*import\s+"([^"]+)"/g;

function sources(): readonly Source[] {
  const files = globSync("{packages,services,apps,bench,infra,tools,test}/**/*.ts", { cwd: root, exclude: (name) => name === "node_modules" || name === "dist" || name === "cdktf.out" });
  return files.map((file) => {
    const text = readFileSync(join(root, file), "utf8");
    const home = [...Object.keys(MAY_IMPORT), ...FREE].find((folder) => file.startsWith(`${folder}/`)) ?? "nowhere";
    return { file, home, text, imports: importsOf(text) };
  });
}

function importsOf(text: string): readonly string[] {
  return [...text.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? match[3] ?? "");
}

const all = sources();
const production = all.filter(({ file }) => !file.includes(".test.") && !file.includes("/test/") && !file.startsWith("test/"));

describe("imports run downwards", () => {
  test("every folder has its line in the table", () => {
    expect(all.length).toBeGreaterThan(80);
    expect(all.filter(({ home }) => home === "nowhere").map(({ file }) => file)).toEqual([]);
  });

  test("a package imports only the packages below it", () => {
    const wrong = production.flatMap(({ file, home, imports }) =>
      imports.flatMap((name) => {
        const target = /^@octally\/([^/]+)/.exec(name)?.[1];
        const allowed = MAY_IMPORT[home];
        return target === undefined || allowed === undefined || allowed.includes(target) || home.endsWith(`/${target}`) ? [] : [`${file} imports ${name}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  test("another package is imported by its name, never by its path", () => {
    const wrong = production
      .filter(({ home }) => MAY_IMPORT[home] !== undefined)
      .flatMap(({ file, home, imports }) =>
        imports.flatMap((name) => {
          const target = name.startsWith(".") ? relative(join(root, home), join(root, dirname(file), name)) : "";
          return target.startsWith("..") ? [`${file} imports ${name}`] : [];
        }),
      );
    expect(wrong).toEqual([]);
  });
});

describe("what only a deployment needs", () => {
  test("is imported when it is asked for: its packages are not installed for the other commands", () => {
    const wrong = production
      .filter(({ home }) => home === "apps/octally")
      .flatMap(({ file, text }) => [...text.matchAll(/^import (?!type\b)[^;]*from "[^"]*\/infra\/[^"]*";/gm)].map(([line]) => `${file}: ${line}`));
    expect(wrong).toEqual([]);
  });
});

describe("what is pure stays pure", () => {
  const pure = production.filter(({ file }) => file.includes("/core/") || file.startsWith("packages/model/"));
  const impure = /\bprocess\.env\b|\bDate\.now\(|\bnew Date\(\)|\bMath\.random\b|\bsetTimeout\b|\bfetch\(|\bconsole\./;

  test("no clock, randomness, environment, network or log in core/ and in the model", () => {
    expect(pure.length).toBeGreaterThan(40);
    const wrong = pure.flatMap(({ file, text }) => {
      const found = impure.exec(text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, ""));
      return found === null ? [] : [`${file}: ${found[0]}`];
    });
    expect(wrong).toEqual([]);
  });

  test("core/ imports no edge and no client of an outside system, but for its types", () => {
    const wrong = pure.flatMap(({ file, text }) => importsOf(text.replaceAll(/\bimport type\b[^;]*;/g, "")).filter((name) => /\/edges\/|^@aws-sdk|^@opensearch|^fastify|^node:(?:fs|net|http|child_process)/.test(name)).map((name) => `${file} imports ${name}`));
    expect(wrong).toEqual([]);
  });
});
