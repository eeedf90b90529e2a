/** The time now. Only edges read it; a decision gets the time as an argument. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();
