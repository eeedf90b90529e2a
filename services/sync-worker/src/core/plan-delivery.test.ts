import { describe, expect, test } from "@jest/globals";
import { kinds } from "@octally/model/registry";
import { toVersion } from "@octally/model/version";
import type { DeliveryHeaders } from "@octally/shared/delivery";
import { planDelivery, type DeliveryPlan } from "./plan-delivery.ts";

const headers: DeliveryHeaders = { guid: "72d3162e-cc78-11e3-81ab-4c9367dc0958", hookId: "292430182", event: "label", targetType: "organization", targetId: "5", contentType: "application/json", receivedAt: "2026-11-21T07:00:00.000Z" };
const payload = {
  action: "created",
  label: { id: 9, node_id: "LA_9", name: "bug", color: "f00", default: false, description: null },
  repository: { id: 1, full_name: "octo/hello", owner: { login: "octo" } },
  organization: { login: "octo" },
  installation: { id: 3 },
  sender: { id: 2, login: "octocat" },
};
const planned = (more: Partial<DeliveryHeaders> = {}, body: Parameters<typeof planDelivery>[1]["payload"] = payload): DeliveryPlan => planDelivery(kinds, { headers: { ...headers, ...more }, payload: body, bytes: 1234 }, "deliveries/x.ndjson.gz");

describe("what a delivery asks for", () => {
  test("its things, and last its own document", () => {
    const { observations, jobs } = planned();
    expect(jobs).toEqual([]);
    expect(observations.map(({ kind, id }) => `${kind} ${id}`)).toEqual(["label 9", "delivery 292430182-72d3162e-cc78-11e3-81ab-4c9367dc0958"]);
    expect(observations.at(-1)).toEqual({
      kind: "delivery",
      id: "292430182-72d3162e-cc78-11e3-81ab-4c9367dc0958",
      org: "octo",
      repository: { id: 1, name_with_owner: "octo/hello" },
      document: {
        id: "292430182-72d3162e-cc78-11e3-81ab-4c9367dc0958",
        guid: "72d3162e-cc78-11e3-81ab-4c9367dc0958",
        hook_id: "292430182",
        target_type: "organization",
        target_id: "5",
        event: "label",
        action: "created",
        sender: { id: 2, login: "octocat", type: "User" },
        subject: { type: "label", id: "9", number: null, title: "bug", html_url: null },
        installation_id: 3,
        sent_at: "2014-04-25T12:52:24.582Z",
        received_at: "2026-11-21T07:00:00.000Z",
        bytes: 1234,
        archive_key: "deliveries/x.ndjson.gz",
        kinds: ["label"],
        refreshes: [],
        understood: true,
      },
      deletedAt: null,
      version: toVersion("2014-04-25T12:52:24.582Z", "2026-11-21T07:00:00.000Z"),
      observedAt: "2026-11-21T07:00:00.000Z",
      source: "webhook",
      archive: "deliveries/x.ndjson.gz#292430182-72d3162e-cc78-11e3-81ab-4c9367dc0958",
    });
    expect(observations[0]?.archive).toBe("deliveries/date=2026-11-21/#292430182-72d3162e-cc78-11e3-81ab-4c9367dc0958");
  });

  test("the same delivery gives the same plan (I4)", () => {
    expect(planned()).toEqual(planned());
  });

  test("a redelivery is one document in the same month, and its last receipt stays (I2)", () => {
    const [first, second] = [planned(), planned({ receivedAt: "2026-12-24T07:00:00.000Z" })].map(({ observations }) => observations.at(-1));
    expect(second?.id).toBe(first?.id);
    expect((second?.version ?? 0n) >> 30n).toBe((first?.version ?? 0n) >> 30n);
    // The distance of years saturates; then the later receipt decides.
    expect(second?.version).toBeGreaterThanOrEqual(first?.version ?? 0n);
    expect(second?.observedAt.localeCompare(first?.observedAt ?? "")).toBe(1);
  });

  test("the worker's clock decides nothing: the time of receipt does not move what GitHub timed (I3)", () => {
    const versions = ["2026-11-21T07:00:00.000Z", "2026-11-28T07:00:00.000Z"].map((receivedAt) => planned({ receivedAt }).observations[0]?.version);
    expect(versions[0]).toBe(versions[1]);
  });

  test("an event that no kind knows is kept, and says so", () => {
    expect(planned({ event: "unheard_of" }, { action: "x", zen: "y" })).toMatchObject({ observations: [{ kind: "delivery", org: null, repository: null, document: { event: "unheard_of", understood: false, kinds: [], sender: null, subject: null } }], jobs: [] });
  });

  test("what is not whole is asked for, and the document says of which kind", () => {
    const plan = planned({}, { ...payload, label: { id: 9, node_id: "LA_9", name: "bug" } });
    expect(plan.jobs).toMatchObject([{ type: "refresh", kind: "label", subjects: [{ node_id: "LA_9", key: "bug" }], reason: "label.created" }]);
    expect(plan.observations).toMatchObject([{ kind: "delivery", document: { kinds: [], refreshes: ["label"], understood: true } }]);
  });
});
