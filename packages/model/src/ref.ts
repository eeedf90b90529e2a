/** Branches and tags as events name them. */
import { part, textAt, type JsonObject } from "@octally/shared/json";
import type { Sighting, WebhookReader } from "./define-kind.ts";

const PREFIXES = { branch: "refs/heads/", tag: "refs/tags/" } as const;
export type RefType = keyof typeof PREFIXES;

/** The name of the branch or tag that was pushed, without its prefix. */
export function pushedName(payload: JsonObject, type: RefType): string | undefined {
  const ref = textAt(payload, "ref");
  return ref?.startsWith(PREFIXES[type]) === true ? ref.slice(PREFIXES[type].length) : undefined;
}

/** `create` does not say what the ref points at. GitHub sends no push for more than three tags at once, but may send this. */
export function refReaders(type: RefType): Readonly<Record<"push" | "create" | "delete", WebhookReader>> {
  const named = (payload: JsonObject, sightingOf: (name: string) => Sighting): Sighting[] => {
    const name = textAt(payload, "ref");
    return name === undefined || textAt(payload, "ref_type") !== type ? [] : [sightingOf(name)];
  };
  return {
    push: (payload) => {
      const name = pushedName(payload, type);
      if (name === undefined) return [];
      if (payload["deleted"] === true) return [{ is: "deleted", input: { name } }];
      return [{ is: "present", input: { name, sha: payload["after"] }, key: name }];
    },
    create: (payload) => named(payload, (name) => ({ is: "changed", key: name })),
    delete: (payload) => named(payload, (name) => ({ is: "deleted", input: { name } })),
  };
}

export function refOfNode(node: JsonObject): JsonObject {
  return { name: textAt(node, "name"), sha: textAt(part(node, "target"), "oid") };
}

/** A single ref, or a branch of REST's list. */
export function refOfRest(found: JsonObject, type: RefType): JsonObject {
  const ref = textAt(found, "ref");
  if (ref !== undefined) return { name: ref.startsWith(PREFIXES[type]) ? ref.slice(PREFIXES[type].length) : undefined, sha: textAt(part(found, "object"), "sha") };
  return { name: textAt(found, "name"), sha: textAt(part(found, "commit"), "sha") };
}
