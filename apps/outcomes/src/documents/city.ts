import type { Localized } from '#contracts';
import { englishCityName } from '#reference-data';

/** A stop's city in both languages: what the organizer wrote, else the usual English name. */
export function cityOf({ code, name }: { readonly code: string; readonly name: Localized }): Localized {
  const english = name.en ?? englishCityName(code);
  return english === null ? name : { ...name, en: english };
}
