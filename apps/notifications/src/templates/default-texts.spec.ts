import { describe, expect, it } from '@jest/globals';
import { placeholdersIn } from '../mail/mail-markdown.js';
import { defaultTexts } from './default-texts.js';
import { placeholdersOf, templateKinds } from './mail-kind.js';

describe('the texts that come with the installation', () => {
  it.each(templateKinds)('of %s use only placeholders that are filled in', (kind) => {
    for (const language of ['zh', 'en'] as const) {
      const { subject, text } = defaultTexts[language][kind];
      const used = placeholdersIn(`${subject} ${text}`);
      expect(placeholdersOf(kind)).toEqual(expect.arrayContaining(used));
    }
  });

  it('say the same in both languages, as far as placeholders tell', () => {
    for (const kind of templateKinds) {
      const used = (['zh', 'en'] as const).map((language) =>
        placeholdersIn(defaultTexts[language][kind].text).toSorted(),
      );
      const [zh, en] = used;
      expect([kind, zh]).toEqual([kind, en]);
    }
  });
});
