/** The feature version in the output of `java -version`: 17 for "17.0.15", 8 for "1.8.0_402". */
export function parseJavaVersion(output: string): number | undefined {
  const found = /version "(?<major>\d+)(?:\.(?<minor>\d+))?/u.exec(output)?.groups;
  if (found === undefined) return undefined;
  const major = Number(found["major"]);
  return major === 1 && found["minor"] !== undefined ? Number(found["minor"]) : major;
}
