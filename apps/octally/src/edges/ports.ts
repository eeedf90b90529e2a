import { createServer } from "node:net";

const LOOPBACK = "127.0.0.1";

/** True when a listener can be bound to the port now. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen({ port, host: LOOPBACK, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** Any free loopback port. It may be taken by another before it is used: whoever binds it must still expect a refusal. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, LOOPBACK, () => {
      const address = probe.address();
      probe.close(() => (address !== null && typeof address === "object" ? resolve(address.port) : reject(new Error("No free port"))));
    });
  });
}

/** The first free port of a range, tried from a random place so that two runs at once rarely choose the same. */
export async function findFreePortBetween(first: number, last: number): Promise<number> {
  const size = last - first + 1;
  const start = Math.floor(Math.random() * size);
  for (let step = 0; step < size; step += 1) {
    const port = first + ((start + step) % size);
    if (await isPortFree(port)) return port;
  }
  throw new Error(`None of the ports ${first} to ${last} is free.`);
}
