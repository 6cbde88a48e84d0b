import { Inject, Injectable } from '@nestjs/common';
import { notFound, type Caller, type InputOf, type MailTemplate, type putMailTemplate } from '#contracts';
import type { CallContext } from '#messaging';
import { Database, UnitOfWork } from '#persistence';
import { CONFIG } from '#service';
import type { NotificationsConfig } from '../config.js';
import { layOut } from '../mail/mail-layout.js';
import { fill, renderMarkdown } from '../mail/mail-markdown.js';
import type { Language } from '../mail/mail-text.js';
import { organizationOf } from '../notification-settings/settings.service.js';
import type { OrganizationWords } from './organization-words.js';
import { refuseUnknownPlaceholders } from './check-template.js';
import { defaultTexts, type MailWords } from './default-texts.js';
import { isTemplateKind, placeholdersOf, templateKinds, type TemplateKind } from './mail-kind.js';
import { sampleValues } from './sample-values.js';
import { TemplateRepository } from './template.repository.js';

type Put = InputOf<typeof putMailTemplate>;

/** The words of mails: an organizer's own, else those of the installation. */
@Injectable()
export class TemplateService {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly templates: TemplateRepository,
    @Inject(CONFIG) private readonly config: NotificationsConfig,
  ) {}

  async list(caller: Caller): Promise<{ items: MailTemplate[]; nextCursor: null }> {
    const words = await this.wordsOf(organizationOf(caller));
    const items = templateKinds.flatMap((kind) =>
      (['zh', 'en'] as const).map((language) => presentTemplate(kind, language, words.own(kind, language))),
    );
    return { items, nextCursor: null };
  }

  async put(call: CallContext, { kind, language, body }: Put): Promise<MailTemplate> {
    const organizationId = organizationOf(call.caller);
    const known = requireKind(kind);
    refuseUnknownPlaceholders(body, placeholdersOf(known));
    return this.unitOfWork.run(call, async (tx) => {
      await this.templates.put(tx.manager, organizationId, { kind, language, ...body });
      return presentTemplate(known, language, body);
    });
  }

  async delete(call: CallContext, kind: string, language: Language): Promise<null> {
    const organizationId = organizationOf(call.caller);
    requireKind(kind);
    return this.unitOfWork.run(call, async (tx) => {
      await this.templates.delete(tx.manager, organizationId, kind, language);
      return null;
    });
  }

  /** The mail as it would look with these words, with made-up values. */
  preview({ kind, language, body }: Put): Promise<{ subject: string; html: string; text: string }> {
    const known = requireKind(kind);
    refuseUnknownPlaceholders(body, placeholdersOf(known));
    const values = sampleValues(language, this.config.PUBLIC_URL);
    const { html, text } = renderMarkdown(body.text, values);
    const subject = fill(body.subject, values);
    const section = {
      subject,
      heading: subject,
      blocks: [{ kind: 'markdown' as const, html, text }],
      footer: [],
    };
    return Promise.resolve(layOut([{ language, text: section }], values['tourName'] ?? ''));
  }

  /** The words of one organization, read once for many mails. */
  async wordsOf(organizationId: string): Promise<OrganizationWords> {
    const stored = await this.templates.list(this.database, organizationId);
    const own = new Map(stored.map((one) => [`${one.kind} ${one.language}`, one]));
    return {
      own: (kind, language) => own.get(`${kind} ${language}`) ?? null,
      of: (kind, language) => own.get(`${kind} ${language}`) ?? defaultTexts[language][kind],
    };
  }
}

function requireKind(name: string): TemplateKind {
  if (isTemplateKind(name)) return name;
  throw notFound('kind of mail');
}

function presentTemplate(kind: TemplateKind, language: Language, own: MailWords | null): MailTemplate {
  const { subject, text } = own ?? defaultTexts[language][kind];
  return { kind, language, subject, text, placeholders: placeholdersOf(kind), isDefault: own === null };
}
