import { createServer } from "node:http";
import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { startBulkSink, type BulkSink } from "./bulk-sink.ts";

const openSearch = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk: Buffer) => (body += chunk.toString()));
  request.on("end", () => void response.writeHead(201, { "content-type": "application/json" }).end(JSON.stringify({ method: request.method, url: request.url, body })));
});
let sink: BulkSink;

beforeAll(async () => {
  openSearch.listen(0, "127.0.0.1");
  await once(openSearch, "listening");
  const address = openSearch.address();
  sink = await startBulkSink(`http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`);
});
afterAll(async () => {
  await sink.close();
  openSearch.close();
});

test("what is written in bulk is taken and counted, one answer for each operation", async () => {
  const line = (target: string): string => `{"index":{"_index":"${target}","_id":"1","version":1,"version_type":"external","require_alias":true}}\n{"title":"{\\"index\\":{\\"_index\\":\\"none\\""}\n`;
  const answer = await fetch(`${sink.url}/_bulk?filter_path=items`, { method: "POST", headers: { "content-type": "application/x-ndjson" }, body: line("a-write") + line("b-write") + line("a-write") });
  expect(await answer.json()).toEqual({ items: Array.from({ length: 3 }, () => ({ index: { status: 201 } })) });
  expect(sink.taken).toEqual(new Map([["a-write", 2], ["b-write", 1]]));
});

test("everything else goes through", async () => {
  const answer = await fetch(`${sink.url}/x-write/_doc/1?op_type=create`, { method: "PUT", headers: { "content-type": "application/json" }, body: '{"a":1}' });
  expect([answer.status, await answer.json()]).toEqual([201, { method: "PUT", url: "/x-write/_doc/1?op_type=create", body: '{"a":1}' }]);
  expect(await (await fetch(`${sink.url}/_search`)).json()).toEqual({ method: "GET", url: "/_search", body: "" });
});
