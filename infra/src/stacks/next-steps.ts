import type { InfraConfig } from "../config.ts";

/** The output `next`: what is left to do by hand, from the secret to the first document. */
export function nextSteps({ webhook, store, region }: InfraConfig, url: string): string {
  const put = `aws ssm put-parameter --region ${region} --type SecureString --name`;
  const steps = [
    `The webhook's secret, if it is not there yet: ${put} ${webhook.secretParameter} --value "$(openssl rand -hex 32)"`,
    ...(store.kind === "existing" && store.credentialsParameter !== undefined ? [`The store's user and password, if they are not there yet: ${put} ${store.credentialsParameter} --value USER:PASSWORD`] : []),
    "Let the worker write into the store: docs/deploy.md, \"The store lets the worker in\".",
    `At GitHub, in the organisation's settings, Webhooks, Add webhook: payload URL ${url}, content type application/json, that secret, "Send me everything".`,
    "Open an issue. A second later it is in octally-issue.",
  ];
  return steps.map((step, index) => `${index + 1}. ${step}`).join("\n");
}
