/** The process of the local queue and object store. Arguments: data folder, port. Ends with its parent, or by SIGTERM. */
import { openLocalQueueServer } from "./edges/local-queue-server.ts";
import { endWithParent } from "./edges/end-with-parent.ts";

const [dataDir, port] = process.argv.slice(2);
if (dataDir === undefined || port === undefined) throw new Error("Usage: queue-process.ts <data folder> <port>");

const server = await openLocalQueueServer({ dataDir, port: Number(port) });
endWithParent(() => server.close());
process.send?.({ ready: true, endpoint: server.endpoint });
