import { afterEach, describe, expect, test } from "@jest/globals";
import { createServer } from "node:http";
import { createHook } from "../operations/hooks.ts";
import { star } from "../operations/stars-forks-watchers.ts";
import { makeTinyWorld } from "./tiny-world.test-builder.ts";

let tiny: ReturnType<typeof makeTinyWorld>;
afterEach(() => tiny.server.close());

describe("over HTTP", () => {
  test("the same answer as by a call, with GitHub's clock in it", async () => {
    tiny = makeTinyWorld();
    const { url } = await tiny.server.listen(0);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const over = await fetch(`${url}/api/v3/repos/octo/open`, { headers: { authorization: `Bearer ${tiny.token}` } });
    const by = await tiny.server.fetch(`${url}/api/v3/repos/octo/open`, { headers: { authorization: `Bearer ${tiny.token}` } });
    expect([over.status, over.headers.get("date"), over.headers.get("etag"), await over.text()]).toEqual([200, "Mon, 03 Jun 2024 09:00:00 GMT", by.headers.get("etag"), await by.text()]);
  });

  test("a body, an answer without one, an unchanged page, a broken connection", async () => {
    tiny = makeTinyWorld();
    const { url } = await tiny.server.listen(0);
    const ask = (path: string, init: Omit<RequestInit, "headers"> & { readonly headers?: Readonly<Record<string, string>> } = {}) => fetch(`${url}${path}`, { ...init, headers: { authorization: `Bearer ${tiny.token}`, ...init.headers } });
    expect((await ask("/repos/octo/open/issues", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ title: "Über HTTP" }) })).status).toBe(201);
    expect(tiny.open.issues[0]?.title).toBe("Über HTTP");
    expect((await ask("/user/starred/octo/open", { method: "PUT" })).status).toBe(204);
    const first = await ask("/repos/octo/open/issues");
    const again = await ask("/repos/octo/open/issues", { headers: { "if-none-match": first.headers.get("etag") ?? "" } });
    expect([again.status, await again.text()]).toEqual([304, ""]);
    for (const bodiless of [again, await ask("/user/starred/octo/open", { method: "DELETE" }), await ask("/repos/octo/open", { method: "HEAD" })]) expect(bodiless.headers.get("content-length")).toBeNull();
    expect(again.headers.get("content-type")).toBeNull();
    tiny.server.faults.force("connection-reset");
    await expect(ask("/repos/octo/open")).rejects.toThrow("fetch failed");
    expect((await ask("/repos/octo/open")).status).toBe(200);
  });

  test("what is no good request is refused as GitHub does, not as a framework", async () => {
    tiny = makeTinyWorld();
    const { url } = await tiny.server.listen(0);
    const headers = { authorization: `Bearer ${tiny.token}` };
    const badPath = await fetch(`${url}/%E0%A4%A`, { headers });
    expect([badPath.status, badPath.headers.get("server"), await badPath.json()]).toEqual([400, "github.com", { message: "Bad Request", documentation_url: "https://docs.github.com/rest", status: "400" }]);
    const tooLong = await fetch(`${url}/graphql`, { headers, method: "POST", body: "x".repeat(11 * 1024 * 1024) });
    expect([tooLong.status, await tooLong.json()]).toEqual([413, { message: "Payload Too Large" }]);
  });

  test("a browser may ask from any page", async () => {
    tiny = makeTinyWorld();
    const { url } = await tiny.server.listen(0);
    for (const path of ["/repos/octo/open", "/graphql"]) {
      const preflight = await fetch(`${url}${path}`, { method: "OPTIONS", headers: { origin: "https://page.example", "access-control-request-method": "POST", "access-control-request-headers": "authorization" } });
      expect([preflight.status, preflight.headers.get("access-control-allow-origin")]).toEqual([204, "*"]);
      expect(preflight.headers.get("access-control-allow-headers")).toMatch(/^Authorization, /);
      expect(preflight.headers.get("access-control-allow-methods")).toContain("POST");
    }
  });

  test("the API's root names where to go on", async () => {
    tiny = makeTinyWorld();
    const { url } = await tiny.server.listen(0);
    for (const base of [url, `${url}/api/v3`]) {
      const root = await fetch(`${base}/`, { headers: { authorization: `Bearer ${tiny.token}` } });
      expect([root.status, await root.json()]).toEqual([200, expect.objectContaining({ current_user_url: `${base}/user` })]);
    }
  });

  test("webhooks go over HTTP too, and name the address that listens", async () => {
    tiny = makeTinyWorld();
    const { url } = await tiny.server.listen(0);
    const bodies: string[] = [];
    const receiver = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => {
        bodies.push(body);
        response.writeHead(202).end("ok");
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
    const address = receiver.address();
    const hook = createHook(tiny.world, { actor: tiny.ada, target: tiny.open, url: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/`, events: ["star"], contentType: "json" });
    star(tiny.world, { actor: tiny.ben, repository: tiny.open });
    await tiny.server.deliveries.settled();
    expect((JSON.parse(bodies[1]!) as { repository: { url: string } }).repository.url).toBe(`${url}/repos/octo/open`);
    expect(tiny.server.deliveries.log(hook).map(({ status, statusCode, response }) => [status, statusCode, response.body])).toEqual([["OK", 202, "ok"], ["OK", 202, "ok"]]);
    await tiny.server.close();
    await new Promise((resolve) => receiver.close(resolve));
  });
});
