/** What all records share. */

/** Milliseconds since 1970, GitHub's clock. */
export type Millis = number;

export const NONE: readonly never[] = Object.freeze([]);

export type Association = "OWNER" | "MEMBER" | "COLLABORATOR" | "CONTRIBUTOR" | "FIRST_TIME_CONTRIBUTOR" | "NONE";
export type RepositoryPermission = "pull" | "triage" | "push" | "maintain" | "admin";
