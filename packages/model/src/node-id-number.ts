/**
 * The number within a node id, for the few things of which GraphQL gives no number beside it, and everybody else knows them by it.
 * GitHub calls node ids opaque: whatever does not have exactly the expected form, of the expected repository, has no number here, and
 * the thing is asked of REST. The form: a prefix of its type, "_", and base64url of the MessagePack array [0, repository, number].
 */
export function numberInNodeId(nodeId: string, prefix: string, repositoryId: number): number | undefined {
  const bytes = nodeId.startsWith(`${prefix}_`) ? Buffer.from(nodeId.slice(prefix.length + 1), "base64url") : Buffer.alloc(0);
  const [version, repository, number] = bytes[0] === 0x93 ? [...unsignedIn(bytes.subarray(1))] : [];
  return version === 0 && repository === repositoryId && number !== undefined && Number.isSafeInteger(number) ? number : undefined;
}

const SIZES: Readonly<Record<number, number>> = { 0xcc: 1, 0xcd: 2, 0xce: 4, 0xcf: 8 };

function unsignedIn(bytes: Buffer): readonly number[] {
  const numbers: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const code = bytes[at] ?? 0;
    const size = code < 0x80 ? 0 : SIZES[code];
    if (size === undefined || at + 1 + size > bytes.length) return [];
    numbers.push(size === 0 ? code : size === 8 ? Number(bytes.readBigUInt64BE(at + 1)) : bytes.readUIntBE(at + 1, size));
    at += 1 + size;
  }
  return numbers.length === 3 ? numbers : [];
}
