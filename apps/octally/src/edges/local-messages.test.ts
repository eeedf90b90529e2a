import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { writeStatesTogether, type MessageRows } from "./local-messages.ts";

let db: DatabaseSync;
let rows: MessageRows;
let flush: () => void;

beforeEach(() => {
  db = new DatabaseSync(":memory:");
  db.exec("CREATE TABLE messages (id TEXT PRIMARY KEY, queue TEXT, state TEXT); CREATE TABLE disk (full INTEGER)");
  db.exec("CREATE TRIGGER no_room BEFORE UPDATE ON messages WHEN (SELECT count(*) FROM disk) > 0 BEGIN SELECT RAISE(ABORT, 'full'); END");
  db.exec("CREATE TRIGGER no_room_to_delete BEFORE DELETE ON messages WHEN (SELECT count(*) FROM disk) > 0 BEGIN SELECT RAISE(ABORT, 'full'); END");
  rows = {
    db,
    insertMessage: (queue, { messageId }) => void db.prepare("INSERT OR REPLACE INTO messages VALUES (?, ?, 'ready')").run(messageId, queue),
    updateMessageInflight: (messageId, ...state) => void db.prepare("UPDATE messages SET state = ? WHERE id = ?").run(String(state[0]), messageId),
    updateMessageReady: (messageId) => void db.prepare("UPDATE messages SET state = 'ready' WHERE id = ?").run(messageId),
    deleteMessage: (messageId) => void db.prepare("DELETE FROM messages WHERE id = ?").run(messageId),
  };
  flush = writeStatesTogether(rows);
  for (const messageId of ["a", "b", "c"]) rows.insertMessage("main", { messageId });
});
afterEach(() => db.close());
const stored = (): unknown[] => db.prepare("SELECT id || ' ' || queue || ' ' || state AS row FROM messages ORDER BY id").all().map(({ row }) => row);

test("what is sent is stored at once, what becomes of it with the answer, in order", () => {
  rows.updateMessageInflight("a", "held" as never);
  rows.updateMessageInflight("b", "held" as never);
  rows.updateMessageReady("b");
  rows.deleteMessage("c");
  expect(stored()).toEqual(["a main ready", "b main ready", "c main ready"]);
  flush();
  expect(stored()).toEqual(["a main held", "b main ready"]);
});

test("what a full disk does not take is tried again, and nobody is refused for it", () => {
  rows.updateMessageInflight("a", "held" as never);
  rows.deleteMessage("c");
  db.exec("INSERT INTO disk VALUES (1)");
  flush();
  expect(stored()).toEqual(["a main ready", "b main ready", "c main ready"]);
  db.exec("DELETE FROM disk");
  flush();
  expect(stored()).toEqual(["a main held", "b main ready"]);
});

test("a message that moves to another queue is never gone meanwhile", () => {
  rows.deleteMessage("a");
  expect(stored()).toContain("a main ready");
  rows.insertMessage("dead", { messageId: "a" });
  flush();
  expect(stored()).toContain("a dead ready");
});
