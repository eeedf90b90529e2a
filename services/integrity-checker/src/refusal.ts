/** GitHub does not accept the credentials, or the App is not there: nothing is seen until they are mended. */
import { AppError } from "@octally/shared/errors";

/** What GitHub says to it; undefined for every other failure. */
export function refusalOf(thrown: unknown): string | undefined {
  return thrown instanceof AppError && thrown.code === "github-unauthorized" ? thrown.message : undefined;
}
