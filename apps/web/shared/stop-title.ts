import { localize, type Lang, type Localized } from './language.js';

interface NamedStop {
  readonly name: Localized;
  readonly city: { readonly name: Localized };
}

/** A stop by its city and name, without the city where the name says it already or the language has no name for it. */
export function stopTitle({ name, city }: NamedStop, lang: Lang): { text: string; lang: Lang } {
  const title = localize(name, lang);
  const place = city.name[title.lang];
  const isNamed = place === undefined || title.text.includes(place.replace(/市$/, ''));
  return isNamed ? title : { text: `${place} · ${title.text}`, lang: title.lang };
}

/** Where a stop is, in a word. */
export function cityOf({ name, city }: NamedStop, lang: Lang): { text: string; lang: Lang } {
  const own = city.name[lang];
  if (own !== undefined) return { text: own, lang };
  return name[lang] === undefined ? localize(city.name, lang) : { text: name[lang] ?? '', lang };
}
