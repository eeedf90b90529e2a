/** Object names as Git's look: 40 hexadecimal digits, the same in every run. */
import { createHash } from "node:crypto";
import type { World } from "../world/world.ts";
import { freshId } from "./first-ids.ts";

export const NO_SHA = "0000000000000000000000000000000000000000";

/** Equal contents get different names, as they do in Git by their times and parents. */
export function freshSha(world: World, content: string): string {
  return createHash("sha1").update(`${freshId(world, "commit")} ${content}`).digest("hex");
}
