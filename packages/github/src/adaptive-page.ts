/** How much of a connection is asked for at once. Pure. */

export type AdaptivePage = {
  readonly size: number;
  readonly most: number;
  /** Answers in a row that were not too heavy. */
  readonly calm: number;
  /** How many of them it takes to grow; more after each time that growing was wrong. */
  readonly patience: number;
};

const FIRST_PATIENCE = 4;
const MOST_PATIENCE = 64;

/** GitHub takes 1 to 100. */
export function adaptivePage(most: number): AdaptivePage {
  const size = Math.min(100, Math.max(1, Math.floor(most)));
  return { size, most: size, calm: 0, patience: FIRST_PATIENCE };
}

/** Half as much; undefined where it is one already: then that one thing is too heavy. */
export function halve(page: AdaptivePage): AdaptivePage | undefined {
  if (page.size <= 1) return undefined;
  return { ...page, size: Math.floor(page.size / 2), calm: 0, patience: Math.min(MOST_PATIENCE, page.patience * 2) };
}

/** A quarter more after enough that went well; never beyond where it began. */
export function settle(page: AdaptivePage): AdaptivePage {
  if (page.size >= page.most) return { ...page, calm: 0 };
  const calm = page.calm + 1;
  if (calm < page.patience) return { ...page, calm };
  return { ...page, calm: 0, size: Math.min(page.most, page.size + Math.max(1, Math.floor(page.size / 4))) };
}
