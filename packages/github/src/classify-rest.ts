/** The one table that says what an answer of the REST API means. Pure. */
import { type Exchange, messageIn } from "./exchange.ts";
import { missingPermissionOf, type MissingPermission } from "./missing-permission.ts";
import { parseRateNews } from "./rate-news.ts";

export type RestVerdict =
  | { readonly is: "found" }
  | { readonly is: "not-modified" }
  | { readonly is: "moved"; readonly to: string; readonly permanent: boolean; readonly keepsMethod: boolean }
  /** 202: GitHub computes it (statistics); ask again later. */
  | { readonly is: "not-ready" }
  /** 404 is "gone, or not visible to this token"; 410 is GitHub's positive word. */
  | { readonly is: "missing"; readonly why: "not-found" | "gone" | "legal"; readonly message: string }
  /** The feature is switched off, or not part of the plan: there is nothing to read. */
  | { readonly is: "disabled"; readonly message: string }
  | { readonly is: "forbidden"; readonly missing: MissingPermission }
  | { readonly is: "empty-repository" }
  /** GitHub will not answer this question; `pageCap`: because the list goes on beyond what it shows. */
  | { readonly is: "refused"; readonly status: number; readonly message: string; readonly pageCap: boolean }
  | { readonly is: "limited"; readonly limit: "primary" | "secondary"; readonly message: string }
  | { readonly is: "unauthorized"; readonly message: string }
  | { readonly is: "failed"; readonly status: number; readonly message: string };

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const SECONDARY = /secondary rate limit|abuse detection/i;
const PRIMARY = /rate limit (?:already )?exceeded/i;
const DISABLED = /\b(?:is|are|has been|have been) (?:disabled|turned off|not enabled)\b|\bmust be enabled\b|\bupgrade to\b/i;
const PAGE_CAP = /pagination is limited|only the first \d+ .*results|is too large to list|too many (?:pages|results)|page parameter/i;

export function classifyRest(exchange: Exchange): RestVerdict {
  const { status, headers, body } = exchange;
  const message = messageIn(body);
  if (status === 202) return { is: "not-ready" };
  if (status === 304) return { is: "not-modified" };
  if (REDIRECTS.has(status)) return redirect(exchange, message);
  if (status >= 200 && status < 300) return { is: "found" };
  if (status === 401) return { is: "unauthorized", message };
  if (status === 403 || status === 429) return denial(exchange, message);
  if (status === 404) return DISABLED.test(message) ? { is: "disabled", message } : { is: "missing", why: "not-found", message };
  if (status === 410) return DISABLED.test(message) ? { is: "disabled", message } : { is: "missing", why: "gone", message };
  if (status === 451) return { is: "missing", why: "legal", message };
  if (status === 409 && /repository is empty/i.test(message)) return { is: "empty-repository" };
  if (status >= 500 || status === 408 || status < 200) return { is: "failed", status, message: message === "" ? (headers["server"] ?? "") : message };
  return { is: "refused", status, message, pageCap: status === 422 && PAGE_CAP.test(message) };
}

/** 403 is five different things. The limits come first: taking one for a missing permission would write off what is only late. */
function denial({ status, headers }: Exchange, message: string): RestVerdict {
  const news = parseRateNews(headers);
  if (SECONDARY.test(message)) return { is: "limited", limit: "secondary", message };
  if (PRIMARY.test(message) || (news.remaining === 0 && (status === 429 || news.retryAfterSeconds !== null || message === ""))) return { is: "limited", limit: "primary", message };
  if (status === 429 || news.retryAfterSeconds !== null) return { is: "limited", limit: "secondary", message };
  if (PAGE_CAP.test(message)) return { is: "refused", status, message, pageCap: true };
  if (DISABLED.test(message)) return { is: "disabled", message };
  return { is: "forbidden", missing: missingPermissionOf(headers, message) };
}

function redirect({ url, status, headers }: Exchange, message: string): RestVerdict {
  const location = headers["location"];
  if (location === undefined || !URL.canParse(location, url)) return { is: "failed", status, message: `A redirect without a place to go. ${message}` };
  return { is: "moved", to: new URL(location, url).href, permanent: status === 301 || status === 308, keepsMethod: status !== 303 };
}
