/** What several settings have in common. */
import * as z from "zod";

export const parameterName = z.string().regex(/^\/[\w./-]{1,500}$/, "must be the name of an SSM parameter, as /octally/github-webhook-secret; never the secret itself");
export const httpsUrl = z.url({ protocol: /^https$/, error: "must be a URL that begins with https://" });
