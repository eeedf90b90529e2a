import { pino } from "pino";

export type Logger = {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};

/**
 * One JSON object a line on standard output. Secrets and bodies are never passed to it; `redact` is the second lock.
 */
export function makeLogger(service: string, level = "info"): Logger {
  return pino({
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: ["secret", "token", "authorization", "*.secret", "*.token", "*.authorization"],
  });
}
