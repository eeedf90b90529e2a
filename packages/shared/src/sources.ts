/** What a user names to be mirrored: organisations, users, `owner/name` repositories. Pure. */
import { ConfigError } from "./errors.ts";

/** GitHub's logins: letters, digits and hyphens, a hyphen never first; those of managed users end in an underscore and their enterprise's short code. */
const OWNER = /^(?=.{1,39}$)[A-Za-z\d][A-Za-z\d-]*(?:_[A-Za-z\d]+)?$/;
/** Neither of the folders `.` and `..`, nor what would end the address of a clone twice. */
const NAME = /^(?!\.{1,2}$)(?!.*\.(?:git|wiki)$)[\w.-]{1,100}$/i;

export function isSource(text: string): boolean {
  const [owner = "", name, ...more] = text.split("/");
  return OWNER.test(owner) && (name === undefined || NAME.test(name)) && more.length === 0;
}

/** Comma-separated; each once, whatever its case. @throws ConfigError that names those that are none */
export function parseSources(text: string): readonly string[] {
  const all = partsOf(text);
  const wrong = all.filter((source) => !isSource(source));
  if (wrong.length > 0) throw new ConfigError(`${wrong.join(", ")}: a source is an organisation, a user or owner/name, as in "octo-org, octocat/hello-world".`);
  return [...new Map(all.map((source) => [source.toLowerCase(), source])).values()];
}

export function areSources(text: string): boolean {
  return partsOf(text).every(isSource);
}

function partsOf(text: string): readonly string[] {
  return text.split(",").map((source) => source.trim()).filter((source) => source !== "");
}
