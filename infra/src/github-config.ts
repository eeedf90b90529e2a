/** Which GitHub is read, what of it, and as whom. Without it only webhooks are taken in. */
import * as z from "zod";
import { httpsUrl, parameterName } from "./config-fields.ts";

/** As the services read it (packages/shared/src/sources.ts), which say the rest when they start. */
const source = z.string().regex(/^(?=[^/]{1,39}(?:\/|$))[A-Za-z\d][A-Za-z\d-]*(?:_[A-Za-z\d]+)?(?:\/[\w.-]{1,100})?$/, "must be the name of an organisation or a user, or owner/name of a repository");

const app = z.strictObject({
  id: z.string({ error: "must be the App's number or client id, in quotes" }).regex(/^(?:\d+|Iv\w+\.?\w*)$/, "must be the App's number or client id, as its settings page shows it"),
  privateKeyParameter: parameterName,
});

export const githubSettings = z
  .strictObject({
    sources: z.array(source, { error: 'is missing: what is to be mirrored, as ["octo-org"]' }).min(1, "must name at least one organisation, user or owner/name"),
    /** A token or an App: one of them. */
    tokenParameter: parameterName.optional(),
    app: app.optional(),
    apiUrl: httpsUrl.refine((url) => !/^https:\/\/(?:www\.)?github\.com\b/i.test(url), "is GitHub's web site: its API is https://api.github.com, or https://HOST/api/v3 of an Enterprise Server").default("https://api.github.com"),
  })
  .superRefine(({ tokenParameter, app: installed }, context) => {
    if ((tokenParameter === undefined) !== (installed === undefined)) return;
    context.addIssue({ code: "custom", message: 'needs either "app" ({ "id": "…", "privateKeyParameter": "/…" }, recommended) or "tokenParameter" (an SSM parameter that holds a token)' });
  });

export type GitHubSettings = z.output<typeof githubSettings>;

/** The SSM parameters that hold its secrets. */
export function githubParameters({ tokenParameter, app: installed }: GitHubSettings): readonly string[] {
  return [tokenParameter, installed?.privateKeyParameter].filter((name) => name !== undefined);
}

/** What a service that reads GitHub finds in its environment: names of secrets, no secret. */
export function githubEnvironment({ apiUrl, tokenParameter, app: installed }: GitHubSettings): Readonly<Record<string, string>> {
  return {
    GITHUB_API_URL: apiUrl,
    ...(tokenParameter === undefined ? {} : { GITHUB_TOKEN_PARAMETER: tokenParameter }),
    ...(installed === undefined ? {} : { GITHUB_APP_ID: installed.id, GITHUB_APP_PRIVATE_KEY_PARAMETER: installed.privateKeyParameter }),
  };
}
