/** What GitHub answered and the store holds already, word for word, need not be written again (ADR 0010). Pure. */
import type { Kind } from "@octally/model/define-kind";
import { canonicalJson, comparePrecedence, precedenceOf, type Observation } from "@octally/model/observation";
import type { StoredDocument } from "@octally/store/library";

/** GitHub's times are whole seconds: only who saw it this long after its last change has seen the last change of that second. */
const SETTLED_MS = 2000;

/** What is to be written. `stored`: the documents of these ids; nothing where there is none. Of one kind. */
export function withoutUnchanged(kind: Pick<Kind, "updatedAt">, observations: readonly Observation[], stored: ReadonlyMap<string, StoredDocument>): readonly Observation[] {
  return [...Map.groupBy(observations, ({ id }) => id)].flatMap(([id, group]) => {
    // Seen twice by one page: the last word decides, also on whether anything need be said.
    const [last] = group.toSorted((a, b) => comparePrecedence(precedenceOf(b), precedenceOf(a)));
    const known = stored.get(id);
    return last !== undefined && known !== undefined && isSettled(kind, known) && holds(known, last) ? [] : group;
  });
}

function holds(stored: StoredDocument, seen: Observation): boolean {
  if (stored.deletedAt !== null || seen.deletedAt !== null) return false;
  const content = ({ org, repository, document }: Pick<Observation, "org" | "repository" | "document">): string => canonicalJson({ org, repository, document });
  return content(stored) === content(seen);
}

function isSettled({ updatedAt }: Pick<Kind, "updatedAt">, { document, observedAt }: StoredDocument): boolean {
  const changedAt = updatedAt === undefined ? undefined : document[updatedAt];
  return typeof changedAt !== "string" || Date.parse(observedAt) - Date.parse(changedAt) >= SETTLED_MS;
}
