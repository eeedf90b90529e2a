/**
 * GitHub's cursors: base64 of "cursor:v2:" and a MessagePack array of what the list is ordered by and the item's id. A cursor names a place in
 * the order, not a number of items, and so survives what is added or taken away before it.
 */
export type CursorPart = number | string;

const PREFIX = "cursor:v2:";

export function encodeCursor(parts: readonly CursorPart[]): string {
  const bytes: number[] = [0x90 | parts.length];
  for (const part of parts) {
    if (typeof part === "number") pushNumber(bytes, part);
    else pushText(bytes, part);
  }
  return Buffer.concat([Buffer.from(PREFIX), Buffer.from(bytes)]).toString("base64");
}

/** Undefined: not a cursor that was ever given out. */
export function decodeCursor(cursor: string): readonly CursorPart[] | undefined {
  const bytes = Buffer.from(cursor, "base64");
  if (bytes.toString("latin1", 0, PREFIX.length) !== PREFIX) return undefined;
  let at = PREFIX.length;
  const head = bytes[at++];
  if (head === undefined || (head & 0xf0) !== 0x90) return undefined;
  const parts: CursorPart[] = [];
  try {
    for (let left = head & 0x0f; left > 0; left--) {
      const kind = bytes.readUInt8(at++);
      if (kind < 0x80) parts.push(kind);
      else if (kind === 0xce) at = parts.push(bytes.readUInt32BE(at)) ? at + 4 : at;
      else if (kind === 0xcf) at = parts.push(Number(bytes.readBigUInt64BE(at))) ? at + 8 : at;
      else if (kind === 0xd3) at = parts.push(Number(bytes.readBigInt64BE(at))) ? at + 8 : at;
      else {
        const length = kind >= 0xa0 && kind < 0xc0 ? kind & 0x1f : kind === 0xda ? bytes.readUInt16BE(at) : -1;
        if (length < 0) return undefined;
        if (kind === 0xda) at += 2;
        parts.push(bytes.toString("utf8", at, at + length));
        at += length;
      }
    }
  } catch {
    return undefined; // cut short
  }
  return at === bytes.length ? parts : undefined;
}

function pushNumber(bytes: number[], value: number): void {
  if (value >= 0 && value < 0x80) bytes.push(value);
  else if (value >= 0 && value <= 0xffffffff) bytes.push(0xce, (value >>> 24) & 0xff, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff);
  else {
    const eight = Buffer.alloc(9);
    eight[0] = 0xd3;
    eight.writeBigInt64BE(BigInt(value), 1);
    bytes.push(...eight);
  }
}

function pushText(bytes: number[], value: string): void {
  const text = Buffer.from(value, "utf8");
  if (text.length < 32) bytes.push(0xa0 | text.length);
  else bytes.push(0xda, text.length >> 8, text.length & 0xff);
  bytes.push(...text);
}
