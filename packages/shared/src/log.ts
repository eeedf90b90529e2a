import { pino, type LoggerOptions } from "pino";

export type Logger = {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};

/** Of lines that wait for room; those that come after them are lost. */
const MOST_WAITING_CHARACTERS = 1024 * 1024;

/**
 * One JSON object a line on standard output. Secrets and bodies are never passed to it; `redact` is the second lock.
 */
export function makeLogger(service: string, level = "info"): Logger {
  const options: LoggerOptions = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: ["secret", "token", "authorization", "*.secret", "*.token", "*.authorization"],
  };
  // Written at once: pino's own output waits at the end of the process, for ever where the disk is full.
  const output = pino.destination({ fd: 1, sync: true, maxLength: MOST_WAITING_CHARACTERS });
  // A line that cannot be written must not end the work that it tells of.
  output.on("error", () => undefined);
  return pino(options, output);
}
