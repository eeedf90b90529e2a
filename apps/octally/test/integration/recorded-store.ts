/** A door in front of the real OpenSearch that writes down what is asked of it. */
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

export type RecordedStore = { readonly url: string; /** `METHOD path`, each once. */ readonly asked: () => readonly string[]; readonly close: () => Promise<void> };

export async function openRecordedStore(target: string): Promise<RecordedStore> {
  const asked = new Set<string>();
  const server = createServer((incoming, outgoing) => {
    const { pathname } = new URL(incoming.url ?? "/", target);
    asked.add(`${incoming.method ?? ""} ${pathname}`);
    const passed = request(new URL(incoming.url ?? "/", target), { method: incoming.method, headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    passed.on("error", () => outgoing.destroy());
    incoming.pipe(passed);
  });
  await new Promise<void>((done) => void server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: () => [...asked],
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => void server.close(done));
    },
  };
}

type Statement = { readonly actions: readonly string[]; readonly resources: readonly string[] };

/** Which of the requests these statements would not let through; `prefix` stands where the deployment has `octally`. */
export function refusedBy(statements: readonly Statement[], asked: readonly string[], prefix: string): readonly string[] {
  const allowed = statements.flatMap(({ actions, resources }) => actions.flatMap((action) => resources.map((resource) => ({ method: action.replace("es:ESHttp", "").toUpperCase(), path: wildcard(resource) }))));
  return asked.filter((one) => {
    const [method, path = ""] = one.split(" ");
    return !allowed.some((each) => each.method === method && each.path.test(decodeURIComponent(path).replaceAll(prefix, "octally")));
  });
}

/** As IAM and the security plugin read it: `*` is anything, slashes too. */
export function wildcard(pattern: string): RegExp {
  return new RegExp(`^${pattern.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`)).join(".*")}$`);
}
