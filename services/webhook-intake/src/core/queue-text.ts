/**
 * Whether every SQS takes the text as it is. AWS documents XML 1.0's characters (SendMessage: "#x9 | #xA | #xD | #x20 to
 * #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF"), but says in one place that others are refused and in another that
 * they are replaced; and the local queue refuses the last range, which is where emoji are. So this is the part that all
 * agree on: a body with anything else travels as base64, and its bytes never depend on whose reading is right.
 */
export function isQueueText(text: string): boolean {
  return !FORBIDDEN.test(text);
}

const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}]/u;
