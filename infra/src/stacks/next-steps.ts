import type { InfraConfig } from "../config.ts";

/** The output `next`: what is left to do by hand, from the secret to the first document. */
export function nextSteps({ webhook, store, region, github }: InfraConfig, url: string): string {
  const put = `aws ssm put-parameter --region ${region} --type SecureString --name`;
  const steps = [
    `The webhook's secret, if it is not there yet: ${put} ${webhook.secretParameter} --value "$(openssl rand -hex 32)"`,
    ...(store.kind === "existing" && store.credentialsParameter !== undefined ? [`The store's user and password, if they are not there yet: ${put} ${store.credentialsParameter} --value USER:PASSWORD`] : []),
    ...(github?.tokenParameter === undefined ? [] : [`GitHub's token, if it is not there yet: ${put} ${github.tokenParameter} --value github_pat_…`]),
    ...(github?.app === undefined ? [] : [`The App's private key, if it is not there yet: ${put} ${github.app.privateKeyParameter} --value file://PRIVATE-KEY.pem`]),
    "Let the worker write into the store: docs/deploy.md, \"The store lets the worker in\".",
    `At GitHub, in the organisation's settings, Webhooks, Add webhook: payload URL ${url}, content type application/json, that secret, "Send me everything".`,
    "Open an issue. A second later it is in octally-issue.",
    ...(github === undefined ? [] : [`The history of ${github.sources.join(", ")} begins to load within a quarter of an hour: octally-sync-part tells how far it is, octally-coverage how complete.`]),
  ];
  return steps.map((step, index) => `${index + 1}. ${step}`).join("\n");
}
