/** The version of the privacy text that a company agrees to when it registers people (`consent.textVersion`). */
export const privacyTextVersion = '2026-11';
