/** The account that GitHub shows where an account was deleted. */
export const GHOST_LOGIN = "ghost";
export const GHOST_ID = 10137;
