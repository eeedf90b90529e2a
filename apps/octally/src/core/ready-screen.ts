/** What a person sees when everything runs: where things are, and the lines that send and find a first delivery. */
import type { Demo } from "./demo.ts";
import type { Addresses } from "./instance-plan.ts";
import { withoutCredentials } from "./settings.ts";

const FIRST_BODY = JSON.stringify({
  action: "created",
  label: { id: 1, node_id: "LA_1", url: "https://api.github.com/repos/octo-org/hello/labels/first", name: "first", color: "0e8a16", default: false, description: "Hello" },
  repository: { id: 1, node_id: "R_1", name: "hello", full_name: "octo-org/hello", owner: { login: "octo-org", id: 1 } },
  organization: { login: "octo-org", id: 1 },
  sender: { login: "octocat", id: 583_231 },
});

export type Screen = { readonly addresses: Addresses; readonly secretFile: string | undefined };

export function toReadyScreen({ addresses, secretFile }: Screen): string {
  const store = withoutCredentials(addresses.opensearch_url);
  const secret = secretFile === undefined ? "from GITHUB_WEBHOOK_SECRET" : secretFile;
  const { demo } = addresses;
  const readSecret = secretFile === undefined ? "$GITHUB_WEBHOOK_SECRET" : `$(cat ${quoted(secretFile)})`;
  return `
Octally is ready.

  Page             ${addresses.url}/
  Webhooks         ${addresses.webhook_url}
  Health           ${addresses.health_url}
  OpenSearch       ${store}
  Webhook secret   ${secret}
  Kept in          ${addresses.home}
${demo === null ? firstDelivery(addresses, store, readSecret) : demonstration(demo, store)}
Ctrl-C stops it; what is in the queues stays there.
`;
}

function firstDelivery({ url, webhook_url }: Addresses, store: string, readSecret: string): string {
  return `
Send a first delivery, and find it a second later:

  body=${quoted(FIRST_BODY)}
  signature=$(printf %s "$body" | openssl dgst -sha256 -hmac "${readSecret}" | sed 's/^.* //')
  curl -i ${webhook_url} -H 'content-type: application/json' -H 'x-github-event: label' \\
    -H "x-github-delivery: $(openssl rand -hex 16)" -H 'x-github-hook-id: 1' \\
    -H "x-hub-signature-256: sha256=$signature" --data-binary "$body"
  curl '${store}/octally-label/_search?pretty'

From GitHub: this machine listens on 127.0.0.1 only, so lead a tunnel to ${url} (smee.io, cloudflared or ngrok).
Then, in the organisation's settings, Webhooks, Add webhook: payload URL <tunnel>/webhooks/github, content type application/json,
the secret above, "Send me everything".
`;
}

function demonstration({ organisation, api_url, token, folder, in_own_store }: Demo, store: string): string {
  const fields = ["repository.name_with_owner", "number", "title", "state", "updated_at"].map((field) => `hits.hits._source.${field}`).join(",");
  return `
DEMONSTRATION: no GitHub of your own is named, so this is a simulated one, with a made-up organisation, ${organisation}, at work.
Something happens there every few seconds and is delivered here as a signed webhook. Its clock began a month before your first start; an hour
of it passes in about a minute of yours, until it has caught up. What it did before is being loaded; to watch that kind by kind:

  ./octally backfill

What changed last, and everything that was delivered (again and again: it grows):

  curl '${store}/octally-pull-request/_search?q=org:${organisation}&sort=updated_at:desc&size=3&filter_path=${fields}&pretty'
  curl '${store}/octally-delivery/_count?pretty'
  ./octally status

The simulated GitHub itself, as GitHub's API:

  curl -H 'Authorization: Bearer ${token}' ${api_url}/orgs/${organisation}/repos

Your own GitHub:     GITHUB_TOKEN=ghp_... OCTALLY_SOURCES=your-organisation ./octally up
Webhooks only:       ./octally up --no-demo      (always: OCTALLY_DEMO=off)
${in_own_store ? `Its documents are in your OpenSearch until they are deleted. Stop this, then rm -r ${quoted(folder)} and:

  curl -X POST '${store}/octally-*/_delete_by_query?q=org:${organisation}'` : `What is made up stays apart from what is yours, in ${quoted(folder)}; to begin anew, stop this and delete that folder.`}
`;
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return /^[\w./-]+$/u.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
