/**
 * What hangs from the things of another kind, several kinds in the same pages. Where one of them is kept from this token, GitHub does not always say which: each
 * is read by itself then, so that all that may be seen is loaded.
 */
import { parentsDocument, timesDocument } from "@octally/model/graphql-documents";
import type { ParentListing } from "@octally/model/sources";
import { isJsonObject, type JsonObject } from "@octally/shared/json";
import * as z from "zod";
import { NOTHING } from "../core/gathered.ts";
import { kindOf } from "../core/kind-of.ts";
import { isWhole } from "../core/period.ts";
import { walkConnection } from "./walk-connection.ts";
import { walkNamed } from "./walk-named.ts";
import { WHOLE, type Cursor, type Walk, type WalkContext, type WalkEnd } from "./walk.ts";

/** `alone`: which of them is being read; `inner`: how far; `kept`: those before it that are kept from this token. */
const aloneCursor = z.object({ alone: z.string(), inner: z.custom<Cursor>((value) => isJsonObject(value)).nullable(), kept: z.string() });

export async function* walkParents(context: WalkContext, listing: ParentListing, children: readonly string[], stored: JsonObject | null): Walk {
  const parsed = aloneCursor.safeParse(stored);
  if (parsed.success) return yield* walkEachAlone(context, listing, children, parsed.data);
  const end = yield* walkTogether(context, listing, children, stored);
  const [first] = children;
  if (end.is !== "forbidden" || end.of !== undefined || first === undefined || children.length === 1) return end;
  return yield* walkEachAlone(context, listing, children, { alone: first, inner: null, kept: "" });
}

async function* walkEachAlone(context: WalkContext, listing: ParentListing, children: readonly string[], from: z.output<typeof aloneCursor>): Walk {
  const kept = from.kept === "" ? [] : from.kept.split(" ");
  let told: Extract<WalkEnd, { is: "forbidden" }> = { is: "forbidden", missing: null, message: "GitHub keeps these from this token." };
  let { inner } = from;
  for (const child of children.slice(Math.max(0, children.indexOf(from.alone)))) {
    // What was found out by the requests before is kept, however little time is left.
    if (inner === null) yield { gathered: NOTHING, seen: 0, cursor: { alone: child, inner, kept: kept.join(" ") }, last: false };
    const walk = walkTogether(context, listing, [child], inner);
    for (;;) {
      const { done, value } = await walk.next();
      if (done !== true) {
        yield { ...value, cursor: { alone: child, inner: value.cursor, kept: kept.join(" ") }, last: value.last && child === children.at(-1) };
        continue;
      }
      if (value.is === "forbidden") {
        told = value;
        kept.push(child);
      } else if (value.is !== "whole") return value;
      break;
    }
    inner = null;
  }
  return kept.length === 0 ? WHOLE : { ...told, kept };
}

function walkTogether(context: WalkContext, listing: ParentListing, children: readonly string[], cursor: JsonObject | null): Walk {
  const { kinds } = context;
  const parent = kindOf(kinds, listing.parent);
  const wanted = { whole: false, children };
  const times = listing.named !== undefined || isWhole(context) ? undefined : timesDocument(parent, context.until === null);
  const names = times === undefined ? listing.named : { by: "period" as const, read: times };
  return names === undefined
    ? walkConnection(context, { kind: parent, read: parentsDocument(kinds, parent, wanted, listing.first), wanted, untilSince: false }, cursor)
    : walkNamed(context, { parent, names, wanted, atOnce: listing.first }, cursor);
}
