/** Answers of a GitHub that is not well: mostly not its API's own, so without its headers. */
import type { FaultName } from "../faults/faults.ts";
import { commonHeaders } from "./headers.ts";
import type { Outgoing } from "./exchange.ts";
import type { Services } from "./services.ts";

const UNICORN = "<!DOCTYPE html>\n<html>\n  <head>\n    <title>Unicorn! &middot; GitHub</title>\n  </head>\n  <body>\n    <p><strong>We had issues producing the response to your request.</strong></p>\n  </body>\n</html>\n";

export function serverError(services: Services, requestId: string, fault: FaultName): Outgoing {
  const roll = services.faults.roll(fault);
  const headers = commonHeaders(services.world.now(), requestId);
  if (roll < 0.4) return { status: 502, headers: { ...headers, "content-type": "application/json; charset=utf-8" }, body: JSON.stringify({ message: "Server Error" }) };
  if (roll < 0.7) return { status: 503, headers: { ...headers, "content-type": "text/html; charset=utf-8" }, body: UNICORN };
  return { status: 500, headers: { ...headers, "content-type": "application/json; charset=utf-8" }, body: "" };
}
