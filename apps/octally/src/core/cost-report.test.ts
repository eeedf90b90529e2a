import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { repositoryRoot } from "../repository-root.ts";
import { toCostReport, type Bill, type CostQuestion } from "./cost-report.ts";
import { priceList, toCostLines } from "./prices.ts";

const prices = priceList.parse(JSON.parse(readFileSync(join(repositoryRoot, "infra/prices.json"), "utf8")));
/** One delivery in each busy second: two a batch, 396,000 batches. */
const question: CostQuestion = {
  load: { repositories: 100, deliveries: 792_000, months: 12 },
  deployed: { store: "small" },
  throttle: { requestsPerSecond: 25, burst: 250, concurrency: 10 },
  freeTier: false,
};

function table({ lines }: Bill): Record<string, [quantity: number, dollars: number]> {
  return Object.fromEntries(lines.map(({ item, quantity, dollars }) => [item, [Number(quantity.toFixed(4)), Number(dollars.toFixed(4))]]));
}

test("an idle month: the store, the alarms, the dashboard, and Lambda asking the queue", () => {
  const { idle } = toCostReport(prices, question);
  expect(Object.entries(table(idle)).filter(([, [quantity]]) => quantity > 0)).toEqual([
    ["Store: 1 t3.small.search", [730, 26.28]],
    ["Store: disk", [20, 2.44]],
    ["Queue: polls while idle", [657_000, 0.2628]],
    ["Alarms", [14, 1.4]],
    ["Dashboard", [1, 3]],
    ["Secrets (SSM)", [1, 0]],
  ]);
  expect(idle.dollars).toBeCloseTo(33.3828, 10);
});

test("a month, item by item", () => {
  const { month } = toCostReport(prices, question);
  expect(table(month)).toEqual({
    "Store: 1 t3.small.search": [730, 26.28],
    "Store: disk": [20, 2.44],
    "Webhooks: HTTP API": [792_000, 0.792],
    "Intake: Lambda requests": [792_000, 0.1584],
    "Worker: Lambda requests": [396_000, 0.0792],
    // (792,000 × 38.005859 ms + 15,840 cold × 863.769531 ms) × 0.5 GB
    "Intake: Lambda time": [21_891.375, 0.2919],
    // (396,000 × 65.646484 ms + 792,000 × 2.936816 ms + 7,920 cold × 863.769531 ms) × 0.5 GB
    "Worker: Lambda time": [17_581.5105, 0.2344],
    "Queue: polls while idle": [657_000, 0.2628],
    "Queue: messages": [1_980_000, 0.792],
    "Archive: writes": [396_000, 1.98],
    "Archive: storage": [19.008, 0.4372],
    "Logs: taken in": [1.5444, 0.7722],
    "Logs: kept": [1.5444, 0.0463],
    Alarms: [14, 1.4],
    Dashboard: [1, 3],
    "Secrets (SSM)": [1, 0],
    "Data out: answers": [0.1584, 0.0143],
  });
  expect(month.dollars).toBeCloseTo(38.9807, 3);
});

test("what is free for good is taken off once, across the lines of the same price", () => {
  const lines = toCostLines(
    [
      { item: "first", quantity: 700_000, price: "lambda_requests" },
      { item: "second", quantity: 800_000, price: "lambda_requests" },
    ],
    prices,
    true,
  );
  expect(lines.map(({ dollars }) => dollars)).toEqual([0, 0.1]);
  expect(toCostReport(prices, { ...question, freeTier: true }).idle.dollars).toBeCloseTo(26.28 + 2.44 + 0.4, 10);
});

test("a batch holds a hundred deliveries at most, and writes one archive object", () => {
  const { month } = toCostReport(prices, { ...question, load: { repositories: 100, deliveries: 792_000_000, months: 1 } });
  expect(table(month)["Worker: Lambda requests"]?.[0]).toBe(7_920_000);
  expect(table(month)["Archive: writes"]?.[0]).toBe(7_920_000);
  // A batch of 100: received and deleted in tens, one follow-up.
  expect(table(month)["Queue: messages"]?.[0]).toBe(792_000_000 + 7_920_000 * 21);
});

test("a production store is three nodes, three managers, three disks; an existing one costs nothing here, its alarms neither", () => {
  const production = table(toCostReport(prices, { ...question, deployed: { store: "production" } }).idle);
  expect(Object.entries(production).slice(0, 3)).toEqual([
    ["Store: 3 r7g.large.search", [2190, 389.82]],
    ["Store: 3 managers, m7g.large.search", [2190, 295.65]],
    ["Store: disk", [300, 36.6]],
  ]);
  const existing = toCostReport(prices, { ...question, deployed: { store: "existing" } });
  expect(table(existing.idle)["Alarms"]).toEqual([10, 1]);
  expect(existing.idle.dollars).toBeCloseTo(0.2628 + 1 + 3, 10);
  expect(existing.disk.usable).toBeNull();
});

test("a container costs by the hour instead of the worker's function, asks the queue itself, and has one alarm for two", () => {
  const container = { tasks: 2, cpu: 512, memoryMegabytes: 1024, concurrency: 3, publicIp: true };
  const report = toCostReport(prices, { ...question, deployed: { store: "existing", container } });
  expect(Object.entries(table(report.idle)).filter(([, [quantity]]) => quantity > 0)).toEqual([
    ["Worker: Fargate, 2 × 0.5 vCPU", [730, 23.6374]],
    ["Worker: Fargate, 2 × 1 GB", [1460, 5.1976]],
    ["Worker: public addresses", [1460, 7.3]],
    ["Worker: image", [0.1, 0.01]],
    ["Queue: polls while idle", [788_400, 0.3154]],
    ["Alarms", [9, 0.9]],
    ["Dashboard", [1, 3]],
    ["Secrets (SSM)", [1, 0]],
  ]);
  expect(Object.keys(table(report.month)).filter((item) => item.startsWith("Worker: Lambda"))).toEqual([]);
  expect(report.assumptions.join()).toContain("NAT gateway");
  const inside = toCostReport(prices, { ...question, deployed: { store: "existing", container: { ...container, publicIp: false } } });
  expect(report.idle.dollars - inside.idle.dollars).toBeCloseTo(7.3, 10);
});

test("where GitHub is read: jobs, discovery and checks, and their alarms, figures and polls", () => {
  const { month, idle, assumptions } = toCostReport(prices, { ...question, deployed: { store: "existing", reading: true } });
  const extra = Object.fromEntries(Object.entries(table(month)).filter(([item]) => /Jobs|Checks|jobs|Figures|polls|Alarms/.test(item)));
  expect(extra).toEqual({
    // 396,000 follow-ups and 100 × 25 inventories, two a call
    "Jobs: Lambda requests": [199_250, 0.0399],
    // (199,250 × 1,500 ms + 3,985 cold × 863.769531 ms) × 0.5 GB
    "Jobs: Lambda time": [151_158.5608, 2.0155],
    "Checks, discovery: schedules": [13_231.2, 0.0132],
    "Checks, discovery: Lambda requests": [13_231.2, 0.0026],
    // (10,280.8 checks × 1 s + 730 counts × 2 × 2.5 s + 2,950.4 looks × 1.382 s, and the cold ones) × 0.5 GB
    "Checks, discovery: Lambda time": [9118.4596, 0.1216],
    "Queue: polls while idle": [1_971_000, 0.7884],
    "Queue: jobs": [1_195_500, 0.4782],
    Alarms: [22, 2.2],
    "Figures of log lines": [5, 1.5],
  });
  expect(table(idle)["Jobs: Lambda requests"]).toEqual([0, 0]);
  expect(assumptions.join()).toContain("a first load is not in it");
});

test("where GitHub is read by a container, it is the container that does the jobs", () => {
  const container = { tasks: 1, cpu: 512, memoryMegabytes: 1024, concurrency: 2, publicIp: true };
  const { month } = toCostReport(prices, { ...question, deployed: { store: "existing", container, reading: true } });
  expect(table(month)["Jobs: Lambda requests"]).toEqual([0, 0]);
  expect(table(month)["Alarms"]).toEqual([19, 1.9]);
  // 2 + 5 lanes
  expect(table(month)["Queue: polls while idle"]?.[0]).toBe(919_800);
  expect(table(month)["Queue: jobs"]?.[0]).toBe(1_195_500);
});

test("a flood costs at most what the throttle lets through", () => {
  const { flood, flood_of_large_bodies: large } = toCostReport(prices, question);
  // 25 × 2,628,000 + 250 requests
  const expected: [item: string, quantity: number, dollars: number][] = [
    ["Flood: HTTP API", 65_700_250, 65.70025],
    ["Flood: Lambda requests", 65_700_250, 13.14005],
    ["Flood: Lambda time, all that may run", 13_140_000, 175.200876],
    ["Flood: logs taken in", 78.8403, 39.42015],
    ["Flood: logs kept", 78.8403, 2.365209],
  ];
  expect(flood.lines).toEqual(expected.map(([item, quantity, dollars]) => expect.objectContaining({ item, quantity: expect.closeTo(quantity, 6), dollars: expect.closeTo(dollars, 6) })));
  expect(flood.dollars).toBeCloseTo(295.8265, 4);
  expect(large.dollars).toBeCloseTo(1544.1313, 4);
});

test("what the documents need on disk", () => {
  // 100 × 2,000 + 792,000 × 12 × 2.4 documents of 2 KB; three quarters of 20 GB
  expect(toCostReport(prices, question).disk).toEqual({ documents: 23_009_600, gigabytes: 46.0192, usable: 15 });
  // Each twice, on three disks of 200 GB.
  expect(toCostReport(prices, { ...question, deployed: { store: "production", gigabytes: 200 } }).disk).toEqual({ documents: 23_009_600, gigabytes: 92.0384, usable: 450 });
});
