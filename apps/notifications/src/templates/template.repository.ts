import { Injectable } from '@nestjs/common';
import type { Reader, Transaction } from '#persistence';
import type { Language } from '../mail/mail-text.js';
import type { MailWords } from './default-texts.js';

export type StoredTemplate = MailWords & { readonly kind: string; readonly language: Language };

/** The rows of organizers' own words. */
@Injectable()
export class TemplateRepository {
  async list(manager: Reader, organizationId: string): Promise<StoredTemplate[]> {
    return (await manager.query(
      'SELECT kind, language, subject, text FROM mail_templates WHERE organization_id = $1',
      [organizationId],
    )) as StoredTemplate[];
  }

  async put(manager: Transaction, organizationId: string, template: StoredTemplate): Promise<void> {
    const { kind, language, subject, text } = template;
    await manager.query(
      `INSERT INTO mail_templates (organization_id, kind, language, subject, text) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (organization_id, kind, language) DO UPDATE SET subject = excluded.subject, text = excluded.text`,
      [organizationId, kind, language, subject, text],
    );
  }

  async delete(
    manager: Transaction,
    organizationId: string,
    kind: string,
    language: Language,
  ): Promise<void> {
    await manager.query(
      'DELETE FROM mail_templates WHERE organization_id = $1 AND kind = $2 AND language = $3',
      [organizationId, kind, language],
    );
  }
}
