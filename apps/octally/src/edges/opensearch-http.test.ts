import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "@jest/globals";
import { greetOpenSearch } from "./opensearch-http.ts";

async function greet(type: string, text: string): Promise<string> {
  const server = createServer((_request, answer) => answer.writeHead(200, { "content-type": type, connection: "close" }).end(text));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const said = await greetOpenSearch(`http://user:hidden@127.0.0.1:${port}`).then(() => "welcome", (failure: Error) => failure.message);
  server.close();
  return said.replace(String(port), "PORT");
}

test("what answers, but is no OpenSearch, is named without the password", async () => {
  expect(await greet("text/html", "<html>")).toBe("What answers at http://127.0.0.1:PORT is no OpenSearch: its answer to / is no JSON.");
  expect(await greet("application/json", "[]")).toBe("What answers at http://***@127.0.0.1:PORT is no OpenSearch: it does not tell its version.");
  expect(await greet("application/json", '{"version":"1.0"}')).toMatch(/no OpenSearch/u);
  expect(await greet("application/json", '{"version":{"number":"2.19.1"}}')).toBe("welcome");
});
