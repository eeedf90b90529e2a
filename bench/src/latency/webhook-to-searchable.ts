/** How long after GitHub sent it a thing is found by a plain search: a steady stream, each delivery at its own time whatever became of the last. */
import { readRecordings } from "../deliveries/recordings.ts";
import { makeTemplate, type Template } from "../deliveries/template.ts";
import { makeWebhookSender } from "../deliveries/webhook-sender.ts";
import type { Measured } from "../figure.ts";
import { percentile } from "../statistics.ts";
import { SECRET, type LocalSystem } from "../system/local-system.ts";
import { makeFinder } from "./finder.ts";
import { sendSteadily } from "./send-steadily.ts";

const PER_SECOND = 20;
const WARM_UP_SECONDS = 15;
const MEASURED_SECONDS = 60;
/** What an active organisation sends most, of kinds that have an id of their own. */
const EVENTS = new Set(["issues", "issue_comment", "pull_request", "pull_request_review", "check_run", "workflow_run", "release", "deployment"]);

export async function measureWebhookToSearchable({ instance }: LocalSystem): Promise<readonly Measured[]> {
  const templates = watchedTemplates();
  const sender = makeWebhookSender(instance.webhook_url, 20);
  const stream = { sender, secret: SECRET, templates, perSecond: PER_SECOND, openSearchUrl: instance.opensearch_url };
  await measureStream({ ...stream, firstNumber: 0, seconds: WARM_UP_SECONDS });
  const { latenciesMs, neverFound } = await measureStream({ ...stream, firstNumber: 100_000, seconds: MEASURED_SECONDS });
  await sender.close();
  return [
    { figure: "p50", value: percentile(latenciesMs, 0.5), unit: "ms" },
    { figure: "p90", value: percentile(latenciesMs, 0.9), unit: "ms" },
    { figure: "p99", value: percentile(latenciesMs, 0.99), unit: "ms" },
    { figure: "max", value: Math.max(...latenciesMs), unit: "ms" },
    { figure: "found", value: latenciesMs.length, unit: "documents" },
    { figure: "never found", value: neverFound, unit: "documents" },
  ];
}

export type WatchedTemplate = Template & { readonly watched: NonNullable<Template["watched"]> };

function watchedTemplates(): readonly WatchedTemplate[] {
  return readRecordings()
    .filter(({ event }) => EVENTS.has(event))
    .flatMap((recording) => {
      const template = makeTemplate(recording);
      return template?.watched === undefined ? [] : [{ ...template, watched: template.watched }];
    });
}

type Stream = Omit<Parameters<typeof sendSteadily>[0], "onSent"> & { readonly openSearchUrl: string };

async function measureStream({ openSearchUrl, ...stream }: Stream): Promise<{ readonly latenciesMs: readonly number[]; readonly neverFound: number }> {
  const finder = makeFinder(openSearchUrl);
  await sendSteadily({ ...stream, onSent: finder.watch });
  const neverFound = await finder.finish();
  return { latenciesMs: finder.latenciesMs, neverFound };
}
