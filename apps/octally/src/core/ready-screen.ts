/** What a person sees when everything runs: where things are, and the lines that send and find a first delivery. */
import type { Addresses } from "./instance-plan.ts";
import { withoutCredentials } from "./settings.ts";

const FIRST_BODY = JSON.stringify({
  action: "created",
  label: { id: 1, node_id: "LA_1", url: "https://api.github.com/repos/octo-demo/hello/labels/first", name: "first", color: "0e8a16", default: false, description: "Hello" },
  repository: { id: 1, node_id: "R_1", name: "hello", full_name: "octo-demo/hello", owner: { login: "octo-demo", id: 1 } },
  organization: { login: "octo-demo", id: 1 },
  sender: { login: "octocat", id: 583_231 },
});

export type Screen = { readonly addresses: Addresses; readonly secretFile: string | undefined };

export function toReadyScreen({ addresses, secretFile }: Screen): string {
  const store = withoutCredentials(addresses.opensearch_url);
  const secret = secretFile === undefined ? "from GITHUB_WEBHOOK_SECRET" : secretFile;
  const readSecret = secretFile === undefined ? "$GITHUB_WEBHOOK_SECRET" : `$(cat ${quoted(secretFile)})`;
  return `
Octally is ready.

  Page             ${addresses.url}/
  Webhooks         ${addresses.webhook_url}
  Health           ${addresses.health_url}
  OpenSearch       ${store}
  Webhook secret   ${secret}
  Kept in          ${addresses.home}

Send a first delivery, and find it a second later:

  body=${quoted(FIRST_BODY)}
  signature=$(printf %s "$body" | openssl dgst -sha256 -hmac "${readSecret}" | sed 's/^.* //')
  curl -i ${addresses.webhook_url} -H 'content-type: application/json' -H 'x-github-event: label' \\
    -H "x-github-delivery: $(openssl rand -hex 16)" -H 'x-github-hook-id: 1' \\
    -H "x-hub-signature-256: sha256=$signature" --data-binary "$body"
  curl '${store}/octally-label/_search?pretty'

From GitHub: this machine listens on 127.0.0.1 only, so lead a tunnel to ${addresses.url} (smee.io, cloudflared or ngrok).
Then, in the organisation's settings, Webhooks, Add webhook: payload URL <tunnel>/webhooks/github, content type application/json,
the secret above, "Send me everything".

Ctrl-C stops it; what is in the queues stays there.
`;
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return /^[\w./-]+$/u.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
