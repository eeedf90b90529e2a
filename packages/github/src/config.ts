/** The environment that says which GitHub, and as whom. One schema for every service: `parseConfig(githubConfig, process.env)`. */
import * as z from "zod";

const APP = "GITHUB_APP_ID and GITHUB_APP_PRIVATE_KEY (or GITHUB_APP_PRIVATE_KEY_PARAMETER) belong together.";

const variables = z.object({
  GITHUB_TOKEN: z.string().optional(),
  /** The name of an SSM parameter (SecureString) that holds it. */
  GITHUB_TOKEN_PARAMETER: z.string().optional(),
  GITHUB_APP_ID: z.string().regex(/^(?:\d+|Iv\w+\.?\w*)$/, "must be the App's number or client id, as its settings page shows it.").optional(),
  /** PEM; on one line with \n for its line ends, or base64 of the file, where an environment takes no line ends. */
  GITHUB_APP_PRIVATE_KEY: z.string().optional(),
  GITHUB_APP_PRIVATE_KEY_PARAMETER: z.string().optional(),
  GITHUB_API_URL: z.url({ protocol: /^https?$/, error: "must be a URL like https://api.github.com, or https://HOST/api/v3 for GitHub Enterprise Server." }).default("https://api.github.com"),
});

type Variables = Partial<z.output<typeof variables>>;

/** A secret, or where it is. */
export type Secret = { readonly is: "value"; readonly value: string } | { readonly is: "parameter"; readonly name: string };

export type CredentialsConfig =
  | { readonly is: "anonymous" }
  | { readonly is: "token"; readonly token: Secret }
  | { readonly is: "app"; readonly appId: string; readonly privateKey: Secret };

export type GitHubConfig = {
  /** Without a slash at its end. */
  readonly apiUrl: string;
  readonly graphqlUrl: string;
  readonly credentials: CredentialsConfig;
};

/** Also when another variable is wrong: all that is wrong is told at once. */
const always = { when: () => true };

function refuse(wrong: (set: Variables) => boolean, name: keyof Variables, error: string): [(set: Variables) => boolean, { path: string[]; error: string; when: () => boolean }] {
  return [(set) => !wrong(set), { ...always, path: [name], error }];
}

const hasToken = (set: Variables): boolean => set.GITHUB_TOKEN !== undefined || set.GITHUB_TOKEN_PARAMETER !== undefined;
const hasKey = (set: Variables): boolean => set.GITHUB_APP_PRIVATE_KEY !== undefined || set.GITHUB_APP_PRIVATE_KEY_PARAMETER !== undefined;

export const githubConfig = variables
  .refine(...refuse((set) => set.GITHUB_TOKEN !== undefined && set.GITHUB_TOKEN_PARAMETER !== undefined, "GITHUB_TOKEN_PARAMETER", "set this or GITHUB_TOKEN, not both."))
  .refine(...refuse((set) => set.GITHUB_APP_PRIVATE_KEY !== undefined && set.GITHUB_APP_PRIVATE_KEY_PARAMETER !== undefined, "GITHUB_APP_PRIVATE_KEY_PARAMETER", "set this or GITHUB_APP_PRIVATE_KEY, not both."))
  .refine(...refuse((set) => set.GITHUB_APP_ID !== undefined && !hasKey(set), "GITHUB_APP_PRIVATE_KEY", `the App's private key. ${APP}`))
  .refine(...refuse((set) => set.GITHUB_APP_ID === undefined && hasKey(set), "GITHUB_APP_ID", `the App's number. ${APP}`))
  .refine(...refuse((set) => hasToken(set) && (set.GITHUB_APP_ID !== undefined || hasKey(set)), "GITHUB_APP_ID", "a token is set as well: take one of them away, so that it is clear who asks."))
  .refine(...refuse((set) => set.GITHUB_APP_PRIVATE_KEY !== undefined && toPem(set.GITHUB_APP_PRIVATE_KEY) === undefined, "GITHUB_APP_PRIVATE_KEY", "is not a PEM private key: it begins with -----BEGIN RSA PRIVATE KEY----- and has its end line too."))
  .refine(...refuse((set) => /^https?:\/\/(?:www\.)?github\.com\b/i.test(set.GITHUB_API_URL ?? ""), "GITHUB_API_URL", "is GitHub's web site: its API is https://api.github.com."))
  .transform((set): GitHubConfig => ({ ...apiUrlsOf(set.GITHUB_API_URL), credentials: credentialsOf(set) }));

function credentialsOf(set: Variables): CredentialsConfig {
  const token = secretOf(set.GITHUB_TOKEN?.trim(), set.GITHUB_TOKEN_PARAMETER);
  if (token !== undefined) return { is: "token", token };
  const privateKey = secretOf(set.GITHUB_APP_PRIVATE_KEY === undefined ? undefined : toPem(set.GITHUB_APP_PRIVATE_KEY), set.GITHUB_APP_PRIVATE_KEY_PARAMETER);
  return set.GITHUB_APP_ID === undefined || privateKey === undefined ? { is: "anonymous" } : { is: "app", appId: set.GITHUB_APP_ID, privateKey };
}

function secretOf(value: string | undefined, parameter: string | undefined): Secret | undefined {
  if (parameter !== undefined) return { is: "parameter", name: parameter };
  return value === undefined ? undefined : { is: "value", value };
}

/** Enterprise Server has GraphQL beside REST (/api/v3, /api/graphql); github.com, GHE.com and the simulator have it below (/graphql). */
export function apiUrlsOf(url: string): Pick<GitHubConfig, "apiUrl" | "graphqlUrl"> {
  const apiUrl = url.replace(/\/+$/, "");
  return { apiUrl, graphqlUrl: apiUrl.endsWith("/api/v3") ? `${apiUrl.slice(0, -"/v3".length)}/graphql` : `${apiUrl}/graphql` };
}

const PEM = /^-----BEGIN (?:RSA )?PRIVATE KEY-----\n[\s\S]+\n-----END (?:RSA )?PRIVATE KEY-----$/;

/** The key as it was downloaded, or undefined where it is none. */
export function toPem(text: string): string | undefined {
  const given = text.trim();
  const plain = (given.startsWith("-----") ? given : Buffer.from(given, "base64").toString("utf8")).replaceAll(String.raw`\n`, "\n").replaceAll("\r\n", "\n").trim();
  return PEM.test(plain) ? `${plain}\n` : undefined;
}
