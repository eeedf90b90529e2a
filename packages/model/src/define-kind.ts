/**
 * A kind: one declaration from which everything else follows (docs/SPEC.md, "Kinds"): its index mapping, its documents'
 * TypeScript type, how a webhook becomes a document, what a deletion is, what asks for a refresh, and how GitHub is asked.
 */
import type * as z from "zod";
import { isJsonObject, type Json, type JsonObject } from "@octally/shared/json";
import type { FollowUpJob } from "@octally/shared/sync-job";
import { mappingsOf, schemaOf, type DocumentOf, type Field, type Fields, type Mapping } from "./field.ts";
import type { RepositoryRef } from "./observation.ts";
import type { Place, Sources } from "./sources.ts";

/** What a delivery says beside its payload; the same for every kind. */
export type DeliveryContext = {
  readonly event: string;
  readonly action: string | null;
  readonly org: string | null;
  /** The repository the event belongs to; null for events of the organisation. */
  readonly repository: RepositoryRef | null;
  /** ISO 8601, GitHub's clock. */
  readonly observedAt: string;
};

/** What a webhook's payload says about one thing of a kind. */
export type Sighting =
  /** It exists, and this is it. Not whole (a field is missing)? Then it becomes a refresh, never a document with a hole. */
  | {
      readonly is: "present";
      readonly input: JsonObject;
      readonly place?: Place | undefined;
      readonly key?: string | undefined;
      /** Seen by the way, in an event of something else: where it is not whole, nothing is asked for. */
      readonly inPassing?: boolean;
    }
  /** GitHub says that it is gone. The input identifies it; what else it holds is kept. */
  | { readonly is: "deleted"; readonly input: JsonObject; readonly place?: Place | undefined }
  /** It changed, and the payload does not say how. `nodeId` or `key` (number, ref, login, slug) tells which one. */
  | { readonly is: "changed"; readonly nodeId?: string | undefined; readonly key?: string | undefined; readonly place?: Place | undefined }
  | { readonly is: "job"; readonly job: FollowUpJob };

export type WebhookReader = (payload: JsonObject, context: DeliveryContext) => readonly Sighting[];

export type ReadResult<D> = { readonly whole: true; readonly document: D } | { readonly whole: false; readonly problems: readonly string[] };

/**
 * Whether a document belongs to a repository (then it has one, or it is not written), to the organisation (then it has
 * none), or has one where GitHub names one.
 */
export type Scope = "repository" | "organization" | "either";

export type KindDeclaration<F extends Fields> = {
  readonly name: string;
  /** One sentence for people: what one document is. */
  readonly description: string;
  /** The kind that a document of this one belongs to, beside its repository or organisation. */
  readonly parent?: string;
  readonly scope: Scope;
  /** A name under which readers find it together with its like: `comment` for those of issues and of commits. */
  readonly group?: string;
  readonly fields: F;
  /** What GitHub's forms of it have in common, before the fields are read. Total: the input may hold anything. */
  readonly prepare?: (input: JsonObject) => JsonObject;
  /**
   * What makes the `_id`: fields (of an object its `id`), and "@repository" for the repository's id. In this order,
   * joined by ":".
   */
  readonly identity: readonly [Identifier<F>, ...Identifier<F>[]];
  /** The field that GitHub moves on every change, where every source of the kind gives it. Default: none, the observation's time. */
  readonly updatedAt?: keyof F & string;
  /** Where documents name repositories beside their own, by `id` or by `full_name` (a path each): they follow when that one moves or goes. */
  readonly otherRepositories?: readonly RepositoryPath[];
  /** By event name; "*" is asked for every event. */
  readonly fromWebhook: Readonly<Record<string, WebhookReader>>;
  /** How GitHub is asked for them. */
  readonly sources: Sources;
  /** One index, or one a month (for what is only ever added). Default: one. */
  readonly indices?: "single" | "monthly";
};

export type RepositoryPath = `${string}.id` | `${string}.full_name`;
type Identifier<F extends Fields> = (keyof F & string) | "@repository";

export type Kind = {
  readonly name: string;
  readonly description: string;
  readonly parent: string | undefined;
  readonly scope: Scope;
  readonly group: string | undefined;
  readonly identity: readonly string[];
  readonly updatedAt: string | undefined;
  readonly otherRepositories: readonly RepositoryPath[];
  readonly indices: "single" | "monthly";
  readonly mappings: Readonly<Record<string, Mapping>>;
  readonly fromWebhook: Readonly<Record<string, WebhookReader>>;
  readonly sources: Sources;
  /** The canonical document of a REST or webhook object, or what it lacks. */
  readonly read: (input: JsonObject) => ReadResult<Readonly<Record<string, unknown>>>;
  /** The document of something deleted: whatever of the fields can be read. */
  readonly readPartly: (input: JsonObject) => Readonly<Record<string, unknown>>;
};

export type KindOf<F extends Fields> = Omit<Kind, "read"> & { readonly read: (input: JsonObject) => ReadResult<DocumentOf<F>> };

export function defineKind<F extends Fields>(declaration: KindDeclaration<F>): KindOf<F> {
  const { fields, prepare = (input) => input } = declaration;
  const schema = schemaOf(fields);
  return {
    name: declaration.name,
    description: declaration.description,
    parent: declaration.parent,
    scope: declaration.scope,
    group: declaration.group,
    identity: declaration.identity,
    updatedAt: declaration.updatedAt,
    otherRepositories: declaration.otherRepositories ?? [],
    indices: declaration.indices ?? "single",
    mappings: mappingsOf(fields),
    fromWebhook: declaration.fromWebhook,
    sources: declaration.sources,
    read(input) {
      const parsed = schema.safeParse(prepare(input));
      return parsed.success ? { whole: true, document: parsed.data } : { whole: false, problems: problemsOf(parsed.error) };
    },
    readPartly(input) {
      return readParts(fields, prepare(input));
    },
  };
}

function readParts(fields: Fields, input: JsonObject): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) => {
      const value = readPart(field, input[name]);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function readPart(field: Field, value: Json | undefined): unknown {
  if (value === undefined) return undefined;
  const parsed = field.schema.safeParse(value);
  if (parsed.success) return parsed.data;
  return field.parts !== undefined && isJsonObject(value) ? readParts(field.parts, value) : undefined;
}

function problemsOf(error: z.ZodError): string[] {
  return error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
}

/** OpenSearch refuses longer ones. */
const MAX_ID_BYTES = 512;

/** The `_id`, or undefined where the document does not identify it. */
export function identityOf(kind: Pick<Kind, "identity">, document: Readonly<Record<string, unknown>>, repository: RepositoryRef | null): string | undefined {
  const parts: string[] = [];
  for (const name of kind.identity) {
    const value = name === "@repository" ? repository?.id : document[name];
    const id = typeof value === "object" && value !== null && "id" in value ? value.id : value;
    if ((typeof id !== "string" && typeof id !== "number") || id === "") return undefined;
    parts.push(String(id));
  }
  const id = parts.join(":");
  return new TextEncoder().encode(id).length > MAX_ID_BYTES ? undefined : id;
}
