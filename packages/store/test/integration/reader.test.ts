import { afterAll } from "@jest/globals";
import { makeStoreReader } from "../../src/reader.ts";
import { makeStore } from "../../src/write.ts";
import { readerContract, readerKinds } from "../reader-contract.ts";
import { openTestStore } from "../test-store.ts";

const opened: ReturnType<typeof openTestStore>[] = [];

afterAll(async () => {
  for (const { close } of opened) await close();
});

readerContract(() => {
  const test = openTestStore("reader");
  opened.push(test);
  const { client, prefix } = test;
  return { store: makeStore(client, readerKinds, prefix), reader: makeStoreReader(client, prefix), refresh: async () => void (await client.indices.refresh({ index: `${prefix}-*` })) };
});
