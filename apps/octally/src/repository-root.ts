import { fileURLToPath } from "node:url";

/** The folder of the checkout, with a trailing separator removed: everything that is committed is found from here. */
export const repositoryRoot = fileURLToPath(new URL("../../..", import.meta.url)).replace(/[/\\]$/u, "");
