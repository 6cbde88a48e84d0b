/** Signs that start a formula; the true minus sign is the only one that compatibility forms do not cover. */
const startsFormula = /^[=+\-@\u2212]/u;

/** What spreadsheets drop, or do not show, before they look for a formula: white space, controls, zero-width signs. */
const ignoredInFront = /^[\s\p{Cc}\p{Cf}]+/u;

/** A tab or line break in front starts a new cell or hides the sign behind it. */
const startsWithBreak = /^[\t\r\n]/u;

/**
 * Makes a cell harmless: text that a spreadsheet could run as a formula gets a `'` in front (OWASP, "CSV Injection").
 * Full-width and small forms of the signs count too, since Excel takes them for the sign itself.
 */
export function guardCell(text: string): string {
  const seen = text.normalize('NFKC').replace(ignoredInFront, '');
  return startsFormula.test(seen) || startsWithBreak.test(text) ? `'${text}` : text;
}
