/** Webhooks. */
import type { App, Organization } from "./accounts.ts";
import type { Millis } from "./basics.ts";
import type { Repository } from "./repository.ts";

export type Hook = {
  readonly id: number;
  readonly target: Organization | Repository | App;
  active: boolean;
  /** `["*"]`: send me everything. */
  events: readonly string[];
  url: string;
  contentType: "json" | "form";
  secret: string | null;
  insecureSsl: boolean;
  readonly createdAt: Millis;
  updatedAt: Millis;
};
