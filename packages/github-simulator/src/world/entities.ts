/**
 * What the simulated GitHub holds. Plain records that refer to each other directly; times are milliseconds of GitHub's clock.
 * Records are read freely and changed only through the journal (journal.ts), by the operations (operations/).
 *
 * Memory matters: 100,000 pull requests with children are some millions of records. A list that is usually empty is the shared
 * `NONE` until something is put into it (the journal copies it); texts come from pools, so that they share their strings.
 */
export * from "./entities/basics.ts";
export type * from "./entities/accounts.ts";
export type * from "./entities/repository.ts";
export type * from "./entities/conversation.ts";
export type * from "./entities/review.ts";
export type * from "./entities/timeline.ts";
export type * from "./entities/discussion.ts";
export type * from "./entities/release.ts";
export type * from "./entities/automation.ts";
export type * from "./entities/security.ts";
export type * from "./entities/project.ts";
export type * from "./entities/hook.ts";
