/** One thing that was looked at before a start, or by `doctor`. */
export type Finding =
  | { readonly name: string; readonly ok: true; readonly detail: string }
  | { readonly name: string; readonly ok: false; /** What happened, what it means, what to do. */ readonly problem: string };

export function problemsOf(findings: readonly Finding[]): readonly string[] {
  return findings.flatMap((finding) => (finding.ok ? [] : [finding.problem]));
}
