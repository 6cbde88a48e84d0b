import { Problem } from '#contracts';
import { placeholdersIn } from '../mail/mail-markdown.js';
import type { MailWords } from './default-texts.js';

/** @throws Problem `mail.template_invalid` naming every placeholder that means nothing here */
export function refuseUnknownPlaceholders(
  words: MailWords,
  allowed: readonly string[],
  language?: string,
): void {
  const errors = (['subject', 'text'] as const).flatMap((field) =>
    placeholdersIn(words[field])
      .filter((name) => !allowed.includes(name))
      .map((name) => ({
        pointer: language === undefined ? `/${field}` : `/${field}/${language}`,
        message: `{${name}} is no placeholder of this mail; there are ${allowed.map((one) => `{${one}}`).join(', ')}`,
      })),
  );
  if (errors.length > 0)
    throw new Problem('mail.template_invalid', errors.map(({ message }) => message).join('; '), { errors });
}
