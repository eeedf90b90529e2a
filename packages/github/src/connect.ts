/** Which client serves which source: one for a token, one for each installation of an App. */
import { appAuthorization } from "./authorize.ts";
import { type Budget, budgetsOf } from "./budgets.ts";
import type { Call } from "./call.ts";
import type { Credentials } from "./credentials.ts";
import { type GitHub, type GitHubOptions, makeGitHub } from "./make-github.ts";
import type { RestAnswer } from "./rest.ts";
import { makeOctokit } from "./transport.ts";
import { apiUrlsOf } from "./config.ts";
import { isJsonObject, numberAt } from "@octally/shared/json";
import { TransientError } from "@octally/shared/errors";

export type Connected = { readonly is: "connected"; readonly github: GitHub; readonly as: "anonymous" | "token" | "installation" } | { readonly is: "not-installed"; readonly source: string; readonly message: string };

export type Connections = {
  /** For an organisation, a user or `owner/name`. */
  readonly clientFor: (source: string, call: Call) => Promise<Connected>;
  /** As the App itself (its webhook's deliveries, its installations); null without an App. It has a budget of its own. */
  readonly app: GitHub | null;
  /** Of every token that was used; what the App asks as itself is not among them. */
  readonly budgets: () => readonly Budget[];
};

export function connect(credentials: Credentials, options: GitHubOptions = {}): Connections {
  if (credentials.is !== "app") {
    const connected: Connected = { is: "connected", as: credentials.is, github: makeGitHub(credentials, options) };
    return { app: null, clientFor: () => Promise.resolve(connected), budgets: () => budgetsOfAll([connected]) };
  }
  const { apiUrl } = apiUrlsOf(options.apiUrl ?? "https://api.github.com");
  const octokit = makeOctokit({ apiUrl, userAgent: options.userAgent ?? "octally/0.1.0", fetch: options.fetch });
  const authorization = appAuthorization(octokit, credentials.appId, credentials.privateKey);
  const app = makeGitHub({ is: "authorize", authorize: authorization.asApp }, options);
  const byInstallation = new Map<number, Connected>();
  const byOwner = new Map<string, Connected>();

  async function clientFor(source: string, call: Call): Promise<Connected> {
    const owner = (source.split("/")[0] ?? source).toLowerCase();
    const known = byOwner.get(owner);
    if (known !== undefined) return known;
    const id = await findInstallation(app, source, call);
    // Not remembered: whoever installs it now is found at the next attempt.
    if (id === undefined) return { is: "not-installed", source, message: `The GitHub App is not installed for ${source}. Install it there, or give it access to the repository.` };
    const connected: Connected = byInstallation.get(id) ?? { is: "connected", as: "installation", github: makeGitHub({ is: "authorize", authorize: authorization.asInstallation(id) }, options) };
    byInstallation.set(id, connected);
    byOwner.set(owner, connected);
    return connected;
  }

  return { app, clientFor, budgets: () => budgetsOfAll([...byInstallation.values()]) };
}

function budgetsOfAll(all: readonly Connected[]): readonly Budget[] {
  return all.flatMap((each) => (each.is === "connected" ? budgetsOf(each.github.budgets(), each.github.nowMs()) : []));
}

async function findInstallation(app: GitHub, source: string, call: Call): Promise<number | undefined> {
  const [owner = "", name] = source.split("/");
  const paths = name === undefined ? ["/orgs/{owner}/installation", "/users/{owner}/installation"] : ["/repos/{owner}/{name}/installation"];
  for (const path of paths) {
    const answer = await app.get({ path, parameters: { owner, ...(name === undefined ? {} : { name }) } }, call);
    const id = idIn(answer);
    if (id !== undefined) return id;
    if (answer.is !== "missing") throw new TransientError("github-unavailable", `GitHub does not say whether the App is installed for ${source} (${answer.is}).`);
  }
  return undefined;
}

function idIn(answer: RestAnswer): number | undefined {
  return answer.is === "found" && isJsonObject(answer.data) ? numberAt(answer.data, "id") : undefined;
}
