/** Lists in pieces. Pure. */

export type ChunkLimits = {
  /** Items a piece. */
  readonly items: number;
  /** The sum of the items' sizes, in the unit of `sizeOf`. One that is larger by itself is a piece by itself. */
  readonly size: number;
};

/** As few pieces as keep the order and the limits; nothing is lost. */
export function chunksWithin<T>(items: readonly T[], limits: ChunkLimits, sizeOf: (item: T) => number): T[][] {
  const chunks: T[][] = [];
  let filled = 0;
  for (const item of items) {
    const size = sizeOf(item);
    const open = chunks.at(-1);
    if (open === undefined || open.length === limits.items || filled + size > limits.size) {
      chunks.push([item]);
      filled = size;
    } else {
      open.push(item);
      filled += size;
    }
  }
  return chunks;
}

export function chunksOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}
