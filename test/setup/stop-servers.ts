import { stopRecordedServers } from "./test-servers.ts";

/** Ends exactly what `start-servers.ts` of this run started. */
export default async function stopServers(): Promise<void> {
  await stopRecordedServers();
}
