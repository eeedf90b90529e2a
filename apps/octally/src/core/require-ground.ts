import { ConfigError } from "@octally/shared/errors";
import { type Finding, problemsOf } from "./finding.ts";

/** @throws ConfigError with every problem, so that they can be mended at once */
export function requireGround<S>({ findings, settings }: { readonly findings: readonly Finding[]; readonly settings: S | undefined }): S {
  const problems = problemsOf(findings);
  if (problems.length > 0 || settings === undefined) throw new ConfigError(`${problems.join("\n\n")}\n\nNothing was changed.`);
  return settings;
}
