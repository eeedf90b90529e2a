/** The page at `/` until the dashboard takes its place: what runs, where webhooks go, what is in it. It loads nothing from elsewhere. */
import { createHash } from "node:crypto";

const STYLE = `
:root { color-scheme: light dark; --line: light-dark(#d8dee4, #30363d); --soft: light-dark(#57606a, #8b949e); --good: light-dark(#1a7f37, #3fb950); --bad: light-dark(#cf222e, #f85149); }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2.5rem auto; padding: 0 1rem; background: light-dark(#fff, #0d1117); color: light-dark(#1f2328, #e6edf3); }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1rem; margin: 2rem 0 .5rem; } p { color: var(--soft); margin: .25rem 0; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); }
th { font-weight: 500; color: var(--soft); } td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
code { font-family: ui-monospace, monospace; font-size: .9em; } .up { color: var(--good); } .down { color: var(--bad); }`;

const SCRIPT = `
const cell = (text, name) => { const made = document.createElement("td"); made.textContent = text ?? "–"; if (name) made.className = name; return made; };
const fill = (id, rows) => document.getElementById(id).replaceChildren(...rows.map((cells) => { const row = document.createElement("tr"); row.append(...cells); return row; }));
const number = (value) => cell(value?.toLocaleString(), "number");
async function show() {
  const state = document.getElementById("state");
  try {
    const now = await (await fetch("/api/status")).json();
    state.textContent = now.state; state.className = now.state === "ready" ? "up" : "down";
    document.getElementById("webhook").textContent = now.webhook_url;
    document.getElementById("demo").textContent = now.demo ? "Demonstration: the organisation " + now.demo.organisation + " is made up, and so is its GitHub at " + now.demo.api_url + "." : "";
    document.getElementById("store").textContent = now.opensearch_url;
    document.getElementById("last").textContent = now.last_delivery_at ? new Date(now.last_delivery_at).toLocaleString() : "none yet";
    document.getElementById("told").replaceChildren(...(now.told ?? []).map((line) => { const made = document.createElement("p"); made.textContent = line; return made; }));
    fill("components", now.components.map((part) => [cell(part.name), cell(part.state, part.state === "up" ? "up" : "down"), cell(new Date(part.since).toLocaleString()), number(part.restarts)]));
    fill("queues", Object.entries(now.queues).map(([name, depth]) => [cell(name.replaceAll("_", " ")), number(depth?.visible), number(depth?.inFlight), number(depth?.delayed)]));
    fill("documents", Object.entries(now.documents ?? {}).map(([kind, count]) => [cell(kind), number(count)]));
  } catch { state.textContent = "not reachable"; state.className = "down"; }
}
show(); setInterval(show, 3000);`;

const hashOf = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

export const PAGE_POLICY = `default-src 'none'; script-src ${hashOf(SCRIPT)}; style-src ${hashOf(STYLE)}; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

export const pageHtml = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Octally</title>
<link rel="icon" href="data:,"><style>${STYLE}</style></head><body>
<h1>Octally <span id="state">…</span></h1>
<p>Webhooks go to <code id="webhook">…</code>, documents are in <code id="store">…</code>. Last delivery: <span id="last">…</span>.</p>
<div id="told"></div>
<p id="demo"></p>
<h2>Components</h2><table><thead><tr><th>name</th><th>state</th><th>since</th><th class="number">restarts</th></tr></thead><tbody id="components"></tbody></table>
<h2>Queues</h2><table><thead><tr><th>queue</th><th class="number">waiting</th><th class="number">in hand</th><th class="number">delayed</th></tr></thead><tbody id="queues"></tbody></table>
<h2>Documents</h2><table><thead><tr><th>kind</th><th class="number">count</th></tr></thead><tbody id="documents"></tbody></table>
<script>${SCRIPT}</script></body></html>
`;
