/**
 * SQS and S3 of one machine: fauxqs, kept on disk, on 127.0.0.1.
 *
 * Its own `startFauxqs` listens on every interface and its command line cannot be told otherwise, so the same parts are put together here.
 * They are not among the package's exports; the version is pinned, and the integration tests hold what is relied on.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { buildApp } from "fauxqs";
import { LOCAL_ACCOUNT } from "../core/instance-plan.ts";
import { giveBackFromGoneClients } from "./gone-clients.ts";
import { writeStatesTogether, type MessageRows } from "./local-messages.ts";
import { mendTornFiles, writeWholeFiles, type ObjectFiles } from "./local-objects.ts";

type Stores = NonNullable<NonNullable<Parameters<typeof buildApp>[0]>["stores"]>;
type ObjectPersistence = NonNullable<Stores["s3Store"]["persistence"]>;
type New<T> = new () => T;

/** A GitHub payload has up to 25 MB, and a bulk of them goes into one archive object. fauxqs takes 11 MiB. */
const LARGEST_OBJECT_BYTES = 256 * 1024 * 1024;

export type LocalQueueServer = { readonly endpoint: string; readonly close: () => Promise<void> };

/** Messages and objects are on disk before their request is answered. Port 0 takes any free one. */
export async function openLocalQueueServer(options: { readonly dataDir: string; readonly port: number }): Promise<LocalQueueServer> {
  mkdirSync(options.dataDir, { recursive: true });
  const { stores, writeStates, close } = await openStores(options.dataDir);
  const app = buildApp({ logger: false, stores });
  app.removeContentTypeParser("*");
  app.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: LARGEST_OBJECT_BYTES }, (_request, body, done) => done(null, body));
  giveBackFromGoneClients(app, stores.sqsStore);
  app.addHook("onRequest", (request, _reply, done) => {
    // Messages whose visibility is over are else counted as in flight until somebody receives.
    if (request.headers["x-amz-target"] === "AmazonSQS.GetQueueAttributes") for (const queue of stores.sqsStore.allQueues()) queue.processTimers();
    done();
  });
  app.addHook("onSend", (_request, _reply, _payload, done) => {
    writeStates();
    done();
  });
  app.addHook("onClose", async () => close());
  const endpoint = await app.listen({ port: options.port, host: "127.0.0.1" });
  // A queue keeps the URL it was created with, which may name another port.
  for (const queue of stores.sqsStore.allQueues()) Object.assign(queue, { url: `${endpoint}/${LOCAL_ACCOUNT}/${queue.name}` });
  return { endpoint, close: () => app.close() };
}

async function openStores(dataDir: string): Promise<{ stores: Stores; writeStates: () => void; close: () => void }> {
  const internals = await importInternals();
  const stores: Stores = { sqsStore: new internals.SqsStore(), snsStore: new internals.SnsStore(), s3Store: new internals.S3Store() };
  const messages = new internals.PersistenceManager(join(dataDir, "queues"));
  const objects = new internals.FileS3Persistence(join(dataDir, "objects"));
  // An empty host: queue URLs then name the address of the request, not sqs.us-east-1.localhost.
  stores.sqsStore.host = "";
  // fauxqs 2.4.1 would write NULL into a column that is NOT NULL and drop the message from memory, on every visibility of 0.
  const makeReady = messages.db.prepare("UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL WHERE message_id = ?");
  messages.updateMessageReady = (messageId) => void makeReady.run(messageId);
  const writeStates = writeStatesTogether(messages);
  // First the load, then the wiring: a load that wrote through would replace each queue's row, and with it its messages.
  messages.loadSqsAndSns(stores.sqsStore, stores.snsStore);
  stores.s3Store = loadObjects(objects, () => new internals.S3Store());
  for (const part of [stores.sqsStore, ...stores.sqsStore.allQueues()]) Object.assign(part, { persistence: messages });
  writeWholeFiles(objects);
  stores.s3Store.persistence = objects;
  const close = (): void => {
    writeStates();
    messages.close();
    objects.close();
  };
  return { stores, writeStates, close };
}

function loadObjects(objects: ObjectLoader, makeStore: () => Stores["s3Store"]): Stores["s3Store"] {
  const load = (): Stores["s3Store"] => {
    const store = makeStore();
    objects.loadS3(store);
    return store;
  };
  try {
    return load();
  } catch (failure) {
    if (!(failure instanceof SyntaxError)) throw failure;
    mendTornFiles(objects);
    return load();
  }
}

type ObjectLoader = ObjectPersistence & ObjectFiles & { loadS3: (store: Stores["s3Store"]) => void };

type QueuePersistence = Omit<MessageRows, "db"> & {
  db: MessageRows["db"] & { prepare: (sql: string) => { run: (...values: string[]) => unknown } };
  loadSqsAndSns: (sqs: Stores["sqsStore"], sns: Stores["snsStore"]) => void;
  close: () => void;
};

type Internals = {
  SqsStore: New<Stores["sqsStore"]>;
  SnsStore: New<Stores["snsStore"]>;
  S3Store: New<Stores["s3Store"]>;
  PersistenceManager: new (folder: string) => QueuePersistence;
  FileS3Persistence: new (folder: string) => ObjectLoader;
};

async function importInternals(): Promise<Internals> {
  const main = import.meta.resolve("fauxqs");
  const files = ["./sqs/sqsStore.js", "./sns/snsStore.js", "./s3/s3Store.js", "./persistence.js", "./s3/fileS3Persistence.js"];
  const modules: object[] = await Promise.all(files.map((file) => import(new URL(file, main).href)));
  return Object.assign({}, ...modules) as Internals;
}
