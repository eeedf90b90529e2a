import { makeIntake } from "./make-intake.ts";

/** The Lambda: API Gateway (HTTP API, payload format 2) in, an HTTP answer out. An incomplete environment fails the start. */
export const handler = makeIntake(process.env);
