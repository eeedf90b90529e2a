/**
 * Deliveries: for each thing that happens, who subscribed to it gets its webhook, once. The payload is rendered at the moment of the happening, and only if somebody
 * is to get it. Nothing is repeated by itself; what was sent stays in the log for three days and can be redelivered from there.
 */
import { createHmac } from "node:crypto";
import type { Faults } from "../faults/faults.ts";
import { hash32 } from "../faults/dice.ts";
import type { Installation } from "../server/credentials.ts";
import type { Shaping } from "../shapes/shaping.ts";
import { hookTargetType } from "../shapes/hook.ts";
import type * as E from "../world/entities.ts";
import type { Happening } from "../world/happening.ts";
import type { World } from "../world/world.ts";
import { makeGuids } from "./deliver-guid.ts";
import { hooksFor, type Subscriber } from "./deliver-hooks.ts";
import type { Sender } from "./deliver-send.ts";
import { toPayload } from "./payload.ts";

export type Delivery = {
  readonly id: number;
  readonly guid: string;
  readonly hook: E.Hook;
  readonly event: string;
  readonly action: string | null;
  readonly redelivery: boolean;
  readonly installationId: number | null;
  readonly repositoryId: number | null;
  readonly throttledAt: E.Millis | null;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** As sent: JSON, or a form with the JSON in it. */
  readonly body: string;
  readonly payload: string;
  deliveredAt: E.Millis;
  durationSeconds: number;
  status: string;
  /** 0 until there is an answer. */
  statusCode: number;
  response: { readonly headers: Readonly<Record<string, string>>; readonly body: string };
};

type Waiting = { readonly dueAt: E.Millis; readonly order: number; readonly delivery: Delivery };
export type DeliveryParts = { readonly world: World; readonly seed: number; readonly faults: Faults; readonly shaping: () => Shaping; readonly sender: Sender; readonly installations: () => readonly Installation[] };

const LOG_MS = 3 * 86_400_000;
const MOST_BYTES = 25 * 1024 * 1024;
const AT_ONCE = 20;
/** GitHub holds back a hook that would get more than this within a minute; its own number is not published. */
const SURGE_PER_MINUTE = 6000;
const MINUTE = 60_000;

export class Deliveries {
  /** The hooks of apps, by the app's id; those of organisations and repositories are with them. */
  readonly appHooks = new Map<number, E.Hook>();
  readonly #parts: DeliveryParts;
  readonly #guidOf: (at: E.Millis) => string;
  readonly #logs = new Map<number, Delivery[]>();
  readonly #surges = new Map<number, { minute: number; count: number }>();
  #waiting: Waiting[] = [];
  #nextId: number;
  #order = 0;
  #inFlight = 0;
  #scheduled = false;
  #idle: (() => void)[] = [];

  constructor(parts: DeliveryParts) {
    this.#parts = parts;
    this.#guidOf = makeGuids(parts.seed);
    this.#nextId = 170_000_000_000 + (hash32("deliveries", parts.seed) % 1_000_000_000);
  }

  /** From now on everything that happens is delivered; gives the end of it. */
  start(): () => void {
    return this.#parts.world.listen((happening) => this.#tell(happening));
  }

  /** Newest first, no older than three days; what still waits is not in it. */
  log(hook: E.Hook): readonly Delivery[] {
    return this.#prune(hook).toReversed();
  }

  find(hook: E.Hook, id: number): Delivery | undefined {
    return this.#prune(hook).find((delivery) => delivery.id === id);
  }

  /** The same event, body and GUID again, to where the hook now points. */
  redeliver(delivery: Delivery): void {
    const { hook, payload, guid, event } = delivery;
    const { headers, body } = requestOf(hook, guid, event, payload);
    this.#wait({ ...delivery, id: this.#takeId(), redelivery: true, url: hook.url, headers, body, throttledAt: null, status: "pending", statusCode: 0, response: { headers: {}, body: "" } }, 0);
  }

  /** Sends what is due on GitHub's clock: to be called when the clock moved. */
  pump(): void {
    this.#scheduled = false;
    const now = this.#parts.world.now();
    while (this.#inFlight < AT_ONCE) {
      const next = this.#waiting[0];
      if (next === undefined || next.dueAt > now) break;
      this.#waiting.shift();
      this.#inFlight += 1;
      void this.#send(next.delivery);
    }
    if (this.#inFlight === 0 && !this.#isDue()) for (const resolve of this.#idle.splice(0)) resolve();
  }

  /** When nothing is under way, or due and not sent. What is delayed beyond now still waits (`nextDueAt`). */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      this.#idle.push(resolve);
      this.#schedule();
    });
  }

  get nextDueAt(): E.Millis | null {
    return this.#waiting[0]?.dueAt ?? null;
  }

  #isDue(): boolean {
    const next = this.#waiting[0];
    return next !== undefined && next.dueAt <= this.#parts.world.now();
  }

  #tell(happening: Happening): void {
    const subscribers = hooksFor(this.#parts.world, happening, this.appHooks, this.#parts.installations);
    if (subscribers.length === 0) return;
    const at = "at" in happening ? happening.at : this.#parts.world.now();
    const guid = this.#guidOf(at);
    const bodies = new Map<number | null, string>();
    for (const { hook, installationId } of subscribers) {
      if (this.#parts.faults.strikes("webhook-dropped")) continue;
      let payload = bodies.get(installationId);
      if (payload === undefined) {
        payload = JSON.stringify(toPayload(happening, this.#parts.shaping(), installationId === null ? null : { id: installationId }).payload);
        bodies.set(installationId, payload);
      }
      // An event too large is not delivered at all.
      if (Buffer.byteLength(payload) > MOST_BYTES) continue;
      this.#plan({ hook, installationId }, happening, guid, payload);
    }
  }

  #plan({ hook, installationId }: Subscriber, happening: Happening, guid: string, payload: string): void {
    const { faults, world } = this.#parts;
    const { event, action } = happening;
    const throttled = this.#surges_(hook);
    const { headers, body } = requestOf(hook, guid, event, payload);
    const repositoryId = "repository" in happening && happening.repository !== undefined ? happening.repository.id : null;
    const delivery: Delivery = { id: this.#takeId(), guid, hook, event, action, redelivery: false, installationId, repositoryId, throttledAt: throttled ? world.now() : null, url: hook.url, headers, body, payload, deliveredAt: 0, durationSeconds: 0, status: "pending", statusCode: 0, response: { headers: {}, body: "" } };
    let late = throttled ? MINUTE : 0;
    if (faults.strikes("webhook-delayed")) late += faults.between("webhook-delayed", 2 * MINUTE, 360 * MINUTE);
    else if (faults.strikes("webhook-reordered")) late += faults.between("webhook-reordered", 1, MINUTE);
    this.#wait(delivery, late);
    if (faults.strikes("webhook-doubled")) this.#wait({ ...delivery, id: this.#takeId() }, late + faults.between("webhook-doubled", 1, MINUTE));
  }

  #wait(delivery: Delivery, lateMs: number): void {
    const waiting: Waiting = { dueAt: this.#parts.world.now() + lateMs, order: (this.#order += 1), delivery };
    // Mostly it is the last one; only what was delayed stands behind it.
    let at = this.#waiting.length;
    while (at > 0 && (this.#waiting[at - 1] as Waiting).dueAt > waiting.dueAt) at -= 1;
    this.#waiting.splice(at, 0, waiting);
    if (lateMs === 0) this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.pump());
  }

  async #send(delivery: Delivery): Promise<void> {
    const { world, sender } = this.#parts;
    delivery.deliveredAt = world.now();
    const sent = await sender.send(delivery, delivery.hook.insecureSsl);
    delivery.durationSeconds = Math.round(sent.durationMs / 10) / 100;
    delivery.statusCode = sent.status ?? (sent.why === "timed out" ? 504 : 502);
    delivery.status = sent.status === null ? sent.why : sent.status >= 200 && sent.status < 300 ? "OK" : `Invalid HTTP Response: ${sent.status}`;
    delivery.response = { headers: sent.headers, body: sent.body };
    const log = this.#prune(delivery.hook);
    log.push(delivery);
    this.#inFlight -= 1;
    this.#schedule();
  }

  #prune(hook: E.Hook): Delivery[] {
    let log = this.#logs.get(hook.id);
    if (log === undefined) this.#logs.set(hook.id, (log = []));
    const oldest = this.#parts.world.now() - LOG_MS;
    let old = 0;
    while (old < log.length && (log[old] as Delivery).deliveredAt < oldest) old += 1;
    if (old > 0) log.splice(0, old);
    return log;
  }

  #surges_(hook: E.Hook): boolean {
    const minute = Math.floor(this.#parts.world.now() / MINUTE);
    let surge = this.#surges.get(hook.id);
    if (surge === undefined || surge.minute !== minute) this.#surges.set(hook.id, (surge = { minute, count: 0 }));
    surge.count += 1;
    return surge.count > SURGE_PER_MINUTE;
  }

  #takeId(): number {
    this.#nextId += 1;
    return this.#nextId;
  }
}

/** GitHub's headers, and the body in the form that the hook wants. */
export function requestOf(hook: E.Hook, guid: string, event: string, payload: string): { readonly headers: Readonly<Record<string, string>>; readonly body: string } {
  const form = hook.contentType === "form";
  const body = form ? `payload=${encodeURIComponent(payload).replaceAll("%20", "+")}` : payload;
  const sign = (algorithm: "sha1" | "sha256"): string => `${algorithm}=${createHmac(algorithm, hook.secret ?? "").update(body).digest("hex")}`;
  const headers: Record<string, string> = {
    Accept: "*/*",
    "Content-Type": form ? "application/x-www-form-urlencoded" : "application/json",
    "User-Agent": "GitHub-Hookshot/0c1a2b3",
    "X-GitHub-Delivery": guid,
    "X-GitHub-Event": event,
    "X-GitHub-Hook-ID": String(hook.id),
    "X-GitHub-Hook-Installation-Target-ID": String(hook.target.id),
    "X-GitHub-Hook-Installation-Target-Type": hookTargetType(hook),
  };
  if (hook.secret !== null && hook.secret !== "") {
    headers["X-Hub-Signature"] = sign("sha1");
    headers["X-Hub-Signature-256"] = sign("sha256");
  }
  return { headers, body };
}
