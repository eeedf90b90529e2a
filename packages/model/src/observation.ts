/**
 * An observation: what one source saw of one thing at one time. The unit that the store writes, whole.
 */
export type Source = "webhook" | "graphql" | "rest";

export type RepositoryRef = { readonly id: number; readonly name_with_owner: string };

export type Observation = {
  /** The kind's name. */
  readonly kind: string;
  /** The document's `_id`. */
  readonly id: string;
  readonly org: string | null;
  readonly repository: RepositoryRef | null;
  /** The kind's fields: all of them when present, at least the identifying ones when deleted. */
  readonly document: Readonly<Record<string, unknown>>;
  readonly deletedAt: string | null;
  readonly version: bigint;
  readonly observedAt: string;
  readonly source: Source;
  /** Where the raw input lies in the archive; null where it is not kept. */
  readonly archive: string | null;
};

/** The document as it is stored: same observation, same bytes (SPEC I4). */
export function toSource(observation: Observation): Readonly<Record<string, unknown>> {
  return {
    ...observation.document,
    org: observation.org,
    repository: observation.repository,
    octally: {
      source: observation.source,
      observed_at: observation.observedAt,
      // A long, written as text: JSON numbers of this size lose digits in most readers.
      version: observation.version.toString(),
      deleted: observation.deletedAt !== null,
      deleted_at: observation.deletedAt,
      archive: observation.archive,
    },
  };
}

/** What decides between two observations of one thing. */
export type Precedence = {
  readonly version: bigint;
  readonly observedAt: string;
  readonly deleted: boolean;
  /** The raw input, by its place in the archive; "" where it is not kept. */
  readonly archive: string;
  /** The stored form, canonical: the last word where everything else is equal. */
  readonly content: string;
};

/**
 * Which of two observations of one thing stays (SPEC I2): negative when `a` gives way, positive when `b` does, 0 when they
 * are equal. A total order, so that the outcome does not depend on the order of arrival: the higher version, then the
 * later observation, then the deletion, then the raw input's name, then the content.
 */
export function comparePrecedence(a: Precedence, b: Precedence): number {
  if (a.version !== b.version) return a.version < b.version ? -1 : 1;
  if (a.observedAt !== b.observedAt) return a.observedAt < b.observedAt ? -1 : 1;
  if (a.deleted !== b.deleted) return a.deleted ? 1 : -1;
  if (a.archive !== b.archive) return a.archive < b.archive ? -1 : 1;
  if (a.content === b.content) return 0;
  return a.content < b.content ? -1 : 1;
}

export function precedenceOf(observation: Observation): Precedence {
  return {
    version: observation.version,
    observedAt: observation.observedAt,
    deleted: observation.deletedAt !== null,
    archive: observation.archive ?? "",
    // Only asked for where all else is equal: it costs as much as writing the document.
    get content() {
      return canonicalJson(toSource(observation));
    },
  };
}

/** JSON with sorted keys: equal content, equal text, whatever order a store or a parser gives the keys. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, child: unknown) =>
    typeof child === "object" && child !== null && !Array.isArray(child)
      ? Object.fromEntries(Object.entries(child).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : child,
  );
}
