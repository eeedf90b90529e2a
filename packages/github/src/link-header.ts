/** RFC 8288, as far as GitHub uses it. Pure. */

/** Where the list goes on, or null at its end. */
export function nextLink(header: string | undefined): string | null {
  for (const [, url, parameters] of (header ?? "").matchAll(/<([^>]*)>((?:\s*;\s*[\w*-]+\s*=\s*(?:"[^"]*"|[^\s,;"]+))*)/g)) {
    if (url !== undefined && /;\s*rel\s*=\s*(?:"(?:[^"]*\s)?next(?:\s[^"]*)?"|next\b)/i.test(parameters ?? "")) return url;
  }
  return null;
}
