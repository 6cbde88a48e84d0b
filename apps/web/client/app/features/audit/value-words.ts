import { inLang } from '../../../../shared/language.js';
import { ownMoment } from '../../ui/time.js';
import { lang } from '../../words/index.js';
import { t } from './words.js';

export const fieldWords = (field: string): string => t.fields[field] ?? field;

const instant = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;
const maxCharacters = 200;

/** A value of an audit line as people read it: instants as times, texts in the language of the page, lists joined. */
export function valueWords(value: unknown): string {
  if (value === undefined || value === null || value === '') return t.empty;
  if (typeof value === 'boolean') return value ? t.yes : t.no;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string')
    return instant.test(value) ? ownMoment(value) : (t.values[value] ?? cut(value));
  if (Array.isArray(value)) return value.length === 0 ? t.empty : cut(value.map(valueWords).join('; '));
  return objectWords(Object.entries(value));
}

function objectWords(members: [string, unknown][]): string {
  const names = members.map(([name]) => name);
  if (members.length > 0 && names.every((name) => name === 'zh' || name === 'en'))
    return cut(inLang(Object.fromEntries(members) as { zh?: string; en?: string }, lang));
  const shown = members.filter(([name, value]) => name !== 'id' && value !== null);
  return cut(shown.map(([name, value]) => `${fieldWords(name)} ${valueWords(value)}`).join(', '));
}

const cut = (text: string): string =>
  text.length > maxCharacters ? `${text.slice(0, maxCharacters)} …` : text;
