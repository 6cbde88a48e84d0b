import type { Language } from '../mail/mail-text.js';
import type { MailWords } from './default-texts.js';
import type { TemplateKind } from './mail-kind.js';

/** The words of one organization's mails. */
export interface OrganizationWords {
  readonly own: (kind: TemplateKind, language: Language) => MailWords | null;
  readonly of: (kind: TemplateKind, language: Language) => MailWords;
}
