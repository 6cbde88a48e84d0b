import { foldText, type Localized } from '#contracts';

/** What registrations of a company are found by: its names and its credit code, in the form that `foldText` gives. */
export function companySearchText({
  name,
  uscc,
}: {
  name: Localized;
  uscc?: string | null | undefined;
}): string {
  return [name.zh, name.en, uscc].flatMap((text) => (text ? [foldText(text)] : [])).join('\n');
}
