import type { Repository } from "../world/entities.ts";
import { type Json, repoHtml, type Shaping } from "./shaping.ts";

export type WikiPage = { readonly name: string; readonly title: string; readonly action: "created" | "edited"; readonly sha: string };

/** In `gollum` events. */
export function toWikiPage(s: Shaping, repository: Repository, { name, title, action, sha }: WikiPage): Json {
  return { page_name: name, title, summary: null, action, sha, html_url: `${repoHtml(s, repository)}/wiki/${name}` };
}
