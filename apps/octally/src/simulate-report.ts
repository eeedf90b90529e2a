/** What `octally simulate` says: to a person, or as one JSON object a line to a program. */

export type SimulateReady = {
  readonly url: string;
  readonly token: string;
  readonly organisation: string;
  readonly seed: string;
  readonly counts: { readonly repositories: number; readonly pullRequests: number; readonly issues: number };
  readonly live: number | null;
  readonly webhookUrl: string | null;
};

export type SimulateReport = {
  /** How much of the past is made, from 0 to 1. */
  readonly making: (share: number) => void;
  readonly ready: (ready: SimulateReady) => void;
  readonly failed: (failure: unknown) => void;
  readonly stopped: () => void;
};

/** The first line comes when everything is ready. */
export function makeJsonReport(write: (line: string) => void): SimulateReport {
  const say = (value: object): void => write(JSON.stringify(value));
  return {
    making: () => undefined,
    ready: ({ url, token, organisation, seed, counts, live, webhookUrl }) =>
      say({ event: "ready", api_url: url, enterprise_api_url: `${url}/api/v3`, graphql_url: `${url}/graphql`, token, organisation, seed, repositories: counts.repositories, pull_requests: counts.pullRequests, issues: counts.issues, live, webhook_url: webhookUrl }),
    failed: (failure) => say({ event: "failed", message: failure instanceof Error ? failure.message : String(failure) }),
    stopped: () => say({ event: "stopped" }),
  };
}

export function makePersonReport(write: (line: string) => void, progress: { readonly isTTY?: boolean; write(text: string): unknown }): SimulateReport {
  let shown = 0;
  return {
    making: (share) => {
      const percent = Math.floor(share * 100);
      if (progress.isTTY === true) progress.write(`\r${share < 1 ? `Making the organisation's past: ${percent} %` : "".padEnd(60)}${share < 1 ? "" : "\r"}`);
      else if (percent >= shown + 25 && share < 1) progress.write(`Making the organisation's past: ${(shown = percent)} %\n`);
    },
    ready: ({ url, token, organisation, counts, live, webhookUrl }) => {
      write(`A GitHub with the organisation ${organisation} listens: ${counts.repositories} repositories, ${counts.pullRequests} pull requests, ${counts.issues} issues.`);
      write("");
      write(`  REST     ${url}  (as on an Enterprise Server: ${url}/api/v3)`);
      write(`  GraphQL  ${url}/graphql`);
      write(`  token    ${token}`);
      if (webhookUrl !== null) write(`  hook     every event to ${webhookUrl}`);
      write("");
      write(`  curl -H "Authorization: Bearer ${token}" ${url}/orgs/${organisation}/repos`);
      write("");
      write(live === null ? "Nothing happens by itself (--live 60 lets it work a minute a second). Ctrl-C ends it." : `It goes on working, ${live} of its seconds in one of yours. Ctrl-C ends it.`);
    },
    failed: (failure) => write(`The organisation stopped working: ${failure instanceof Error ? (failure.stack ?? failure.message) : String(failure)}`),
    stopped: () => write("Stopped."),
  };
}
