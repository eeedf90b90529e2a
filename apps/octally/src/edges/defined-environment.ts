import type { Environment } from "@octally/shared/config";

/** What a child process takes: no `undefined` values. */
export function definedOnly(environment: Environment): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
