/** The environment that says which store, and how to prove who asks. A service's schema takes in its variables and its rules. */
import * as z from "zod";

export const storeVariables = {
  OPENSEARCH_URL: z.url(),
  /** Sign requests with the function's role: `es` for a domain of AWS, `aoss` for a serverless collection. */
  OPENSEARCH_SIGNING_SERVICE: z.enum(["es", "aoss"]).optional(),
  /** Where the domain is, if not where the function is. */
  OPENSEARCH_SIGNING_REGION: z.string().optional(),
  /** The name of an SSM parameter (SecureString) that holds `user:password`. */
  OPENSEARCH_CREDENTIALS_PARAMETER: z.string().optional(),
  /** Set by Lambda. */
  AWS_REGION: z.string().optional(),
  /** Before every index and alias name; only tests change it. */
  OCTALLY_INDEX_PREFIX: z.string().min(1).default("octally"),
};

export type StoreConfig = z.output<z.ZodObject<typeof storeVariables>>;
type Access = Partial<StoreConfig>;

/** Also when another variable is wrong: all that is wrong is told at once. */
const always = { when: () => true };

type Rule = [holds: (set: Access) => boolean, otherwise: { path: string[]; error: string; when: () => boolean }];

/** For `refine`, one after another. */
export const oneAccess: Rule = [
  (set) => set.OPENSEARCH_SIGNING_SERVICE === undefined || set.OPENSEARCH_CREDENTIALS_PARAMETER === undefined,
  { ...always, path: ["OPENSEARCH_CREDENTIALS_PARAMETER"], error: "set this or OPENSEARCH_SIGNING_SERVICE, not both." },
];

export const signedSomewhere: Rule = [
  (set) => set.OPENSEARCH_SIGNING_SERVICE === undefined || (set.OPENSEARCH_SIGNING_REGION ?? set.AWS_REGION) !== undefined,
  { ...always, path: ["OPENSEARCH_SIGNING_REGION"], error: "requests are signed for a region: set this, or AWS_REGION." },
];
