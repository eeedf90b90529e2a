/** The form of a type's resolvers, and how values are written in GraphQL. */
import type { GraphQLResolveInfo } from "graphql";
import type { Millis, User } from "../world/entities.ts";
import type { Context } from "./context.ts";

export type Args = { readonly [name: string]: unknown };

/** A method, so that a resolver may name the type of its own arguments: the schema has checked them. */
type Method<S> = { resolve(source: S, args: Args, context: Context, info: GraphQLResolveInfo): unknown };
export type Resolve<S> = Method<S>["resolve"];
export type Fields<S> = { readonly [field: string]: Resolve<S> };

/** GraphQL's DateTime: whole seconds. */
export function dateTime(time: Millis): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

export function maybeDateTime(time: Millis | null): string | null {
  return time === null ? null : dateTime(time);
}

const enumNames = new Map<string, string>();

/** "too heated" → "TOO_HEATED". */
export function enumName(value: string): string {
  const known = enumNames.get(value);
  if (known !== undefined) return known;
  const name = value.toUpperCase().replaceAll(/[- ]/g, "_");
  enumNames.set(value, name);
  return name;
}

export function maybeEnumName(value: string | null): string | null {
  return value === null ? null : enumName(value);
}

/** A deleted account is null, where REST shows `ghost`. */
export function account(user: User | null): User | null {
  return user === null || user.deleted ? null : user;
}

/** Where the schema has `User`: a bot is not one. */
export function userOnly(user: User | null): User | null {
  const there = account(user);
  return there?.type === "User" ? there : null;
}

export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** Not GitHub's renderer: paragraphs only. */
export function markdownHtml(text: string | null): string {
  if (text === null || text === "") return "";
  return text.split(/\n{2,}/).map((paragraph) => `<p dir="auto">${escapeHtml(paragraph)}</p>`).join("\n");
}

export function markdownOrNull(text: string | null): string | null {
  return text === null ? null : markdownHtml(text);
}

/** The same answer to several fields. */
export function constants<const N extends string, V>(value: V, ...names: readonly N[]): Record<N, () => V> {
  return Object.fromEntries(names.map((name) => [name, () => value])) as Record<N, () => V>;
}
