/** Which hooks deliver to this system: those that ever did, and those that point to its address. */
import type { Call } from "@octally/github/call";
import type { GitHub } from "@octally/github/make-github";
import { hooksOf, hooksTo, type Hook } from "./core/hook.ts";
import { parseSource } from "./core/source.ts";
import { listHooks, type Blind } from "./edges/hooks-at-github.ts";
import type { CheckerPorts } from "./ports.ts";

export type FoundHooks = { readonly hooks: readonly Hook[]; /** The organisation's own list could not be read. */ readonly blind: Blind | null };

export async function findHooks({ reader }: Pick<CheckerPorts, "reader">, github: Pick<GitHub, "list">, source: string, webhookUrl: string | undefined, call: Call): Promise<FoundHooks> {
  const { owner, name } = parseSource(source);
  const known = hooksOf(await reader.groups({ kind: "delivery", by: ["hook_id", "target_type", "org", "repository.id", "repository.name_with_owner"] })).filter(({ place, targetType }) => {
    const [of, called] = place.repository?.name_with_owner.toLowerCase().split("/") ?? [place.org?.toLowerCase()];
    return of === owner && (name === null || (targetType === "repository" && called === name));
  });
  if (name !== null || webhookUrl === undefined) return { hooks: known, blind: null };
  const listed = await listHooks(github, owner, call);
  if (listed.is === "cannot-see") return { hooks: known, blind: listed };
  const all = [...known, ...hooksTo(webhookUrl, owner, listed.items)];
  return { hooks: [...new Map(all.map((hook) => [`${hook.path.toLowerCase()} ${hook.id}`, hook])).values()], blind: null };
}
