/** REST's paths of lists, for the three ways in which one is read. */
import { isNoWay, type RestListing } from "./sources.ts";

/**
 * `load`: everything, newest first where GitHub can. `changed`: what was updated, where the list can tell. `window`: beyond a list's cap,
 * oldest first, from where the last window ended. The last two have `{since}` in them, to be filled in like the other parameters.
 * Undefined where the list cannot be read so.
 */
export function listPath(listing: RestListing, reading: "load" | "changed" | "window"): string | undefined {
  switch (reading) {
    case "load":
      return withQuery(listing.path, listing.load ?? "");
    case "changed":
      return listing.changed === null ? undefined : withQuery(listing.path, listing.changed.query);
    case "window": {
      const beyond = listing.cap?.beyond;
      return beyond === undefined || beyond === "graphql" || isNoWay(beyond) ? undefined : withQuery(listing.path, beyond.window);
    }
    default:
      return reading satisfies never;
  }
}

function withQuery(path: string, query: string): string {
  if (query === "") return path;
  return `${path}${path.includes("?") ? "&" : "?"}${query}`;
}
