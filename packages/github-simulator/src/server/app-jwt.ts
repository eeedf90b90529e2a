/** The JSON web token by which a GitHub App says who it is: RS256, judged by GitHub's clock. */
import { createVerify } from "node:crypto";
import type { Millis } from "../world/entities.ts";
import { ApiError } from "./api-error.ts";

const MAX_LIFETIME_SECONDS = 600;
/** How far clocks may differ. */
const TOLERANCE_SECONDS = 5;

const refuse = (message: string): ApiError => new ApiError(401, message, { doc: "" });

export function looksLikeJwt(token: string): boolean {
  return token.split(".").length === 3;
}

/** Gives `iss`, the app's id or client id; throws GitHub's 401. `publicKeyOf` gives the app's public key (PEM) by `iss`. */
export function verifyAppJwt(token: string, now: Millis, publicKeyOf: (issuer: string) => string | null): string {
  const [head = "", claims = "", signature = ""] = token.split(".");
  const [header, payload] = [parsePart(head), parsePart(claims)];
  if (header === null || payload === null || header["alg"] !== "RS256") throw refuse("A JSON web token could not be decoded");
  const issuer = payload["iss"];
  if (typeof issuer !== "string" && typeof issuer !== "number") throw refuse("'Issuer' claim ('iss') must be an Integer");
  const key = publicKeyOf(String(issuer));
  if (key === null) throw new ApiError(404, "Integration not found", { doc: "" });
  if (!createVerify("RSA-SHA256").update(`${head}.${claims}`).verify(key, signature, "base64url")) throw refuse("A JSON web token could not be decoded");
  const seconds = Math.floor(now / 1000);
  const { iat, exp } = payload;
  if (typeof exp !== "number" || exp <= seconds) throw refuse("'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires");
  if (exp > seconds + MAX_LIFETIME_SECONDS + TOLERANCE_SECONDS) throw refuse("'Expiration time' claim ('exp') is too far in the future");
  if (typeof iat !== "number" || iat > seconds + TOLERANCE_SECONDS) throw refuse("'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued");
  return String(issuer);
}

function parsePart(part: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString());
    return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : null;
  } catch {
    return null;
  }
}
