import type * as z from "zod";
import { ConfigError } from "./errors.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Parses a process environment (or any record of strings) with a service's schema.
 * @throws ConfigError that names every wrong variable, one a line.
 */
export function parseConfig<S extends z.ZodType>(schema: S, environment: Environment): z.output<S> {
  // An empty variable is an unset one: `FOO= ./octally up` is how people take a setting back.
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = schema.safeParse(set);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => {
    const name = issue.path.join(".");
    const value = set[name];
    return value === undefined ? `  ${name} is not set: ${issue.message}` : `  ${name}: ${issue.message}`;
  });
  throw new ConfigError(`The configuration is not complete or not valid:\n${lines.join("\n")}`);
}
