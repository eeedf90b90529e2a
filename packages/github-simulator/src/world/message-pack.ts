/**
 * As much of MessagePack as is in a node id: one short array of unsigned integers and texts, in the shortest form, but that
 * GitHub's packer does not use the one-byte length of texts.
 */

export type Item = number | string;

export function pack(items: readonly Item[]): Buffer {
  return Buffer.concat([Buffer.of(0x90 | items.length), ...items.map((item) => (typeof item === "number" ? packNumber(item) : packText(item)))]);
}

/** Undefined: that is not what this is. */
export function unpack(bytes: Buffer): Item[] | undefined {
  const items: Item[] = [];
  const count = (bytes[0] ?? 0) ^ 0x90;
  let at = 1;
  while (items.length < count && at < bytes.length) {
    const read = readItem(bytes, at);
    if (read === undefined || read.end > bytes.length) return undefined;
    items.push(read.item);
    at = read.end;
  }
  return items.length === count && at === bytes.length ? items : undefined;
}

function packNumber(value: number): Buffer {
  if (value < 0x80) return Buffer.of(value);
  if (value < 0x1_00) return Buffer.of(0xcc, value);
  if (value < 0x1_00_00) return Buffer.of(0xcd, value >>> 8, value & 0xff);
  const [size, code] = value < 0x1_00_00_00_00 ? [4, 0xce] : [8, 0xcf];
  const bytes = Buffer.alloc(size + 1);
  bytes[0] = code;
  bytes.writeUInt32BE(value % 0x1_00_00_00_00, size - 3);
  if (size === 8) bytes.writeUInt32BE(Math.floor(value / 0x1_00_00_00_00), 1);
  return bytes;
}

function packText(value: string): Buffer {
  const bytes = Buffer.from(value);
  const { length } = bytes;
  const head = length < 0x20 ? [0xa0 | length] : [0xda, length >>> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), bytes]);
}

function readItem(bytes: Buffer, at: number): { readonly item: Item; readonly end: number } | undefined {
  const code = bytes[at] ?? 0;
  const left = bytes.length - at - 1;
  const text = (start: number, length: number): { readonly item: Item; readonly end: number } => ({ item: bytes.toString("utf8", start, start + length), end: start + length });
  if (code < 0x80) return { item: code, end: at + 1 };
  if (code >= 0xa0 && code < 0xc0) return text(at + 1, code & 0x1f);
  const size = { 0xcc: 1, 0xcd: 2, 0xce: 4, 0xcf: 8, 0xda: 2 }[code];
  if (size === undefined || left < size) return undefined;
  const value = size === 8 ? Number(bytes.readBigUInt64BE(at + 1)) : bytes.readUIntBE(at + 1, size);
  if (code === 0xda) return text(at + 1 + size, value);
  return { item: value, end: at + 1 + size };
}
