import type { Environment } from "@octally/shared/config";
import { localConfig, settings, shownValue } from "./settings.ts";

export type SettingRow = {
  readonly name: string;
  readonly meaning: string;
  readonly default: string;
  /** Masked where it is secret; null when it is not set. */
  readonly value: string | null;
  /** Why the value cannot be used; null when it can. */
  readonly problem: string | null;
};

/** Every setting with its value of now. */
export function toSettingRows(environment: Environment): readonly SettingRow[] {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""));
  const problems = new Map((localConfig.safeParse(set).error?.issues ?? []).map((issue) => [String(issue.path[0]), issue.message]));
  return settings.map((setting) => ({
    name: setting.name,
    meaning: setting.meaning,
    default: setting.fallback,
    value: shownValue(setting, environment[setting.name]) ?? null,
    problem: problems.get(setting.name) ?? null,
  }));
}
