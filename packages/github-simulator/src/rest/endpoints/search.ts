import type { Endpoint } from "../call.ts";
export const SEARCH: readonly Endpoint[] = [];
