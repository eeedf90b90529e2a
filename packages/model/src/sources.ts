/**
 * How GitHub is asked for the things of a kind, as data. A kind says for each question how, or why there is no way: the
 * reasons are for people, in docs and in `octally check`.
 */
import type { JsonObject } from "@octally/shared/json";
import type { RepositoryRef } from "./observation.ts";

/** Where a thing is: its repository, and the organisation or user that owns it. */
export type Place = { readonly repository: RepositoryRef; readonly org: string | null };

/** GitHub has no way, or Octally does not take it. */
export type NoWay = { readonly by: "nothing"; readonly because: string };

export function noWay(because: string): NoWay {
  return { by: "nothing", because };
}

export function isNoWay(way: object): way is NoWay {
  return "by" in way && way.by === "nothing";
}

/** Where something was found. */
export type Around = {
  readonly org: string | null;
  readonly repository: RepositoryRef | null;
  /** What the list hangs from, in REST's names: `id` and `login` of an organisation, `id`, `number` and `kind` of a pull request. */
  readonly below: JsonObject;
  /** The answer's `Date`, ISO 8601: GitHub's clock. */
  readonly observedAt: string;
  /** The place in its list, from 0: for lists that are rankings. */
  readonly index?: number;
};

/**
 * What `read` takes, of what GitHub gave. Null: nothing of this kind (a pull request in the list of issues), or nothing for
 * anybody but the viewer (a pending review). Total: the input may hold anything.
 */
export type ToInput = (found: JsonObject, around: Around) => JsonObject | null;

// GraphQL

/** A list of GraphQL's. It is always asked for with `pageInfo`, and read to its end. */
export type Connection = {
  /** What lies between the owner and the list: `["defaultBranchRef", "target", "... on Commit"]`. */
  readonly through?: readonly string[];
  readonly field: string;
  /** Beside `first` and `after`. */
  readonly args?: string;
  /** How many at once. Nested lists cost by how often they are asked for, not by this. */
  readonly first: number;
  /** The edge is the thing, because it holds more than its node: when somebody starred, in which role one is a member. */
  readonly edges?: true;
};

/** A list that is part of the document: without its end there is no document. */
export type OwnList = Connection & {
  readonly fields: string;
  /** Its beginning is all that is wanted: it is not read on. */
  readonly beginning?: true;
};

/** Things of another kind that hang from this one. `plain`: a list that GitHub always gives whole, without pages. */
export type ChildList = Connection & { readonly kind: string; readonly plain?: true };

export type GraphqlWhole = {
  /** The selection, without lists. `...actor` and the other fragments of graphql-parts.ts may be used. */
  readonly fields: string;
  readonly lists: readonly OwnList[];
  /** Lists of which the document holds the number, taken with the list where it is asked for as a child. */
  readonly counts?: readonly string[];
  /** Of the node with its lists read to their ends, as `{ nodes: […] }`. */
  readonly toInput: ToInput;
  /** Of the selection, what takes another permission than the kind: by its alias. */
  readonly alsoTakes?: Readonly<Record<string, ReadPermission>>;
};

export type GraphqlObject = {
  /** The type of the node, or of the edge where the list's edges are the things. */
  readonly type: string;
  /** The selection that identifies it: all that an inventory needs, and what hangs from it. */
  readonly key: string;
  /** That selection in REST's names; null: as of `toInput`. Default: `id`, `fullDatabaseId` or `databaseId`, `number`, `updatedAt`. */
  readonly toKey?: ToInput;
  /** What is asked for beside, where it was not found in a list: its repository, its parent. */
  readonly up?: string;
  /** Where it is, by what is selected. Default: the node's `repository`, else where it was asked for. */
  readonly place?: (node: JsonObject) => Place | undefined;
  /** GitHub says that it is there, and shows nothing of it to this token. */
  readonly isHidden?: (node: JsonObject) => boolean;
  readonly whole: GraphqlWhole | NoWay;
  readonly children: readonly ChildList[];
};

// REST

export type RestObject = {
  readonly toInput: ToInput;
  /** Where it is, where the object itself says so. Default: where it was asked for. */
  readonly place?: (found: JsonObject) => Place | undefined;
};

export type GraphqlListing = {
  readonly by: "graphql";
  readonly of: "repository" | "organization";
  /** In an order in which nothing moves while it is read, newest first where GitHub can. */
  readonly connection: Connection;
  /** The arguments that put first what was updated last: reading stops at the watermark. */
  readonly changed: string | null;
  /** The kinds of `children` that come in the same pages. */
  readonly with: readonly string[];
};

/** Nested in the pages of its parents, which are asked for by their keys alone where they are not wanted themselves. Listings by several parents complement each other. */
export type ParentListing = {
  readonly by: "parent";
  readonly parent: string;
  /** Parents a page. */
  readonly first: number;
  /** Kinds that hang from the same parents and come in the same pages. */
  readonly also?: readonly string[];
  /** Where the parents' node ids stand. Default: in the list of their keys, with the children nested in its pages. */
  readonly named?: NodeNames;
};

/** A list that names others by their node ids: they are asked for many at once, where to nest them would cost for each that may be there. */
export type NodeNames =
  /** REST's list of the parents. */
  | { readonly by: "rest" }
  /** `from`: the kind of the list's things. In each of their `lists` something at `to` is named. */
  | { readonly by: "graphql"; readonly from: string; readonly type: string; readonly connection: Connection; readonly lists: readonly (Connection & { readonly nodes: string; readonly to: string })[] };

export type RestListing = {
  readonly by: "rest";
  /** One list for each repository, for the organisation, or for each thing of another kind. */
  readonly of: "repository" | "organization" | { readonly each: string };
  /** `{owner}`, `{repo}`, `{org}` and what the document of the thing has at its top (`{number}`, `{slug}`, `{id}`); 100 a page. */
  readonly path: string;
  /** Where `org` is a user. */
  readonly ofUser?: string;
  readonly accept?: string;
  /** The parameters of an order in which nothing moves while it is read, newest first where GitHub can. */
  readonly load?: string;
  /** The parameters that give what was updated since `{since}`, or put it first: then reading stops at the watermark. */
  readonly changed: { readonly query: string; readonly reads: "to the end" | "to the watermark" } | null;
  /** Where GitHub ends a list, and how to come further: by windows that begin where the last ended, or by the GraphQL listing. */
  readonly cap?: { readonly items: number; readonly beyond: { readonly window: string } | "graphql" | NoWay };
  /** `shortened`: an item lacks what the document needs, and only tells what to refresh. */
  readonly items: "whole" | "shortened";
  /** Kinds that are read from the same items. */
  readonly also?: readonly string[];
  /** Kinds whose own lists are named by this one's items, or are one for each of them: a list that is empty has nothing below it. */
  readonly below?: readonly string[];
  /** What the list says of its items, and they do not: it becomes part of `below`. */
  readonly as?: JsonObject;
  /** Lists that are needed too: this one alone is not all. */
  readonly and?: readonly { readonly path: string; readonly accept?: string; readonly as?: JsonObject }[];
};

export type Listing = GraphqlListing | ParentListing | RestListing;

/** How some of them are fetched again. */
export type One =
  /** `nodes(ids:)`. */
  | { readonly by: "node"; readonly atOnce: number }
  /** `{key}` is the subject's: a number, a ref, a login, a slug; `{+key}` keeps its slashes. `key` is where a document has it. What REST answers is whole. */
  | { readonly by: "rest"; readonly path: string; readonly key: string }
  /** With all others of its parent: the subject names the parent. What is no more among them is gone. */
  | { readonly by: "parent"; readonly parent: string; readonly key: string }
  /** With all others of its list. */
  | { readonly by: "list" };

export type Count =
  /** `totalCount` of a connection, or a number of its owner. */
  | { readonly by: "graphql"; readonly of: "repository" | "organization"; readonly through?: readonly string[]; readonly field: string; readonly args?: string; readonly scalar?: true }
  /** The sum of what the documents of its parents say. */
  | { readonly by: "parents"; readonly parent: string; readonly field: string };

/** The cheapest list of what there is, with its times where it has some. */
export type Inventory =
  /**
   * The keys alone, 100 a page. `latest`: the arguments that put first what was updated last, so that one of them tells whether any was.
   * `dated`: its nodes say when they were made and last changed, `createdAt` and `updatedAt`.
   */
  | { readonly by: "graphql"; readonly of: "repository" | "organization"; readonly connection: Connection; readonly latest?: string; readonly dated?: true }
  /** The keys alone, nested in those of their parents. */
  | { readonly by: "parent"; readonly parent: string; readonly first: number }
  /** The first listing: it is as cheap as any. */
  | { readonly by: "list" };

/** What GitHub says where something is gone. A 404 by itself never does: the token may only be blind. */
export type Deletion =
  | {
      /** `event.action` of the deliveries that say so. */
      readonly events: readonly string[];
      /** REST answers 410 for it. */
      readonly answers410: boolean;
      /** It is not in a list that was read to its end by somebody who may see all of it. */
      readonly listing: boolean;
      /** GitHub leaves these out for those who may see less, without a word: of them the list is believed only where it has another such. */
      readonly hides?: (document: JsonObject) => boolean;
      /** Where a document names the thing that it hangs from, by id or node id: what is hidden hides what is below. */
      readonly below?: string;
      /** Those of repositories that this token may not see are left out of a list of the organisation's. */
      readonly hiddenWithRepository?: true;
      /** The same may go for each of them: asked for by itself, GitHub answers 404 only to those who may see it. */
      readonly shown?: true;
    }
  /** It goes with the thing of this kind that it hangs from, and not by itself: a whole list without it says the same. */
  | { readonly goesWith: string }
  /** `shown`: whoever is given their list is given each of them by itself too, so that what is in neither is not there. */
  | { readonly never: string; readonly shown?: true };

/** What a GitHub App or a fine-grained token must be granted (as in `X-Accepted-GitHub-Permissions`), and a classic one. */
export type ReadPermission = { readonly on: "repository" | "organization"; readonly name: string; readonly access: "read" | "write"; readonly scope: string };

type Ways<G, R> = {
  readonly graphql: G;
  readonly rest: R;
  /** The first is the one to load by. */
  readonly list: readonly [ListingBy<G, R>, ...ListingBy<G, R>[]] | NoWay;
  /** In the order of preference: the first that the subject has what is needed for. */
  readonly one: readonly [OneBy<G, R>, ...OneBy<G, R>[]] | NoWay;
  readonly count: Count | NoWay;
  readonly inventory: Inventory | NoWay;
  readonly deletion: Deletion;
  readonly permission: ReadPermission | NoWay;
};
type ListingBy<G, R> = (G extends GraphqlObject ? GraphqlListing | ParentListing : never) | (R extends RestObject ? RestListing : never);
type OneBy<G, R> = (G extends GraphqlObject ? Extract<One, { by: "node" }> : never) | (R extends RestObject ? Extract<One, { by: "rest" }> : never) | Extract<One, { by: "parent" | "list" }>;

/** GitHub's kinds: by GraphQL, by REST, or by both. What no webhook tells and neither gives would not be a kind. */
export type Sources = Ways<GraphqlObject, RestObject> | Ways<GraphqlObject, NoWay> | Ways<NoWay, RestObject> | Ways<NoWay, NoWay>;

/** For kinds of which GitHub keeps no object. */
export function neverAsked(because: string): Sources {
  const none = noWay(because);
  return { graphql: none, rest: none, list: none, one: none, count: none, inventory: none, deletion: { never: because }, permission: none };
}
