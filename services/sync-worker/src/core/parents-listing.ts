import type { Kind } from "@octally/model/define-kind";
import { isNoWay, type RestListing } from "@octally/model/sources";

/** REST's list of all things of a kind. @throws RangeError where there is none */
export function parentsListing(parent: Kind): RestListing {
  const { list } = parent.sources;
  const found = isNoWay(list) ? undefined : list.find((listing) => listing.by === "rest" && typeof listing.of === "string");
  if (found?.by !== "rest") throw new RangeError(`REST does not list each ${parent.name}.`);
  return found;
}
