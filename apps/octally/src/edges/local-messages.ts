/**
 * Which message is held or done with, written once an answer: the disk is synced once for ten messages, not ten times. A full disk refuses nothing here:
 * what it could not take is tried again with the next answer, and until then a restart only brings messages back that somebody had.
 */
export type MessageRows = {
  db: { exec: (sql: string) => void };
  insertMessage: (queue: string, message: { readonly messageId: string }) => void;
  updateMessageInflight: (messageId: string, ...state: never[]) => void;
  updateMessageReady: (messageId: string) => void;
  deleteMessage: (messageId: string) => void;
};

/** Returns what writes; it is to be called before each answer and at the end. Never throws. */
export function writeStatesTogether(rows: MessageRows): () => void {
  let waiting: { readonly messageId: string; readonly write: () => void }[] = [];
  const insert = rows.insertMessage.bind(rows);
  rows.insertMessage = (queue, message) => {
    insert(queue, message);
    // Moved to the dead-letter queue: it has replaced its row, which is not to be deleted any more.
    waiting = waiting.filter(({ messageId }) => messageId !== message.messageId);
  };
  for (const name of ["updateMessageInflight", "updateMessageReady", "deleteMessage"] as const) {
    const run: (messageId: string, ...state: never[]) => void = rows[name].bind(rows);
    rows[name] = (messageId: string, ...state: never[]) => void waiting.push({ messageId, write: () => run(messageId, ...state) });
  }
  return () => {
    if (waiting.length === 0) return;
    try {
      rows.db.exec("BEGIN");
      for (const { write } of waiting) write();
      rows.db.exec("COMMIT");
      waiting = [];
    } catch {
      endTransaction(rows.db);
    }
  };
}

function endTransaction(db: MessageRows["db"]): void {
  try {
    db.exec("ROLLBACK");
  } catch {
    // SQLite has ended it by itself.
  }
}
