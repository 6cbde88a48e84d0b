import { Inject, Injectable } from '@nestjs/common';
import { inLanguage } from '#contracts';
import { Database } from '#persistence';
import { CONFIG } from '#service';
import { AddressHashes } from '../addresses/address-hashes.service.js';
import { RefusalRepository } from '../addresses/refusals.repository.js';
import type { NotificationsConfig } from '../config.js';
import { layOut } from '../mail/mail-layout.js';
import type { MailLanguage } from '../mail/mail-text.js';
import { MailSender } from '../mail/mail-sender.service.js';
import type { OutgoingMail } from '../mail/outgoing-mail.js';
import { SettingsService } from '../notification-settings/settings.service.js';
import { factsOf } from '../templates/mail-kind.js';
import { TemplateService } from '../templates/template.service.js';
import { AnnouncementTextRepository } from './announcement-text.repository.js';
import { noticeCalendar } from './notice-calendar.js';
import { releaseKey, type NoticeFacts } from './notice-facts.js';
import { recipientOf, whyOvertaken, type NoticeRecipient } from './notice-recipient.js';
import { badgeCid, noticeText } from './notice-text.js';
import type { Notice } from '../notices/notice.js';
import { Owners } from '../owners/owners.service.js';

export type Rendered =
  | {
      readonly mail: OutgoingMail;
      readonly language: MailLanguage;
      readonly domainKey: string;
      readonly addressHash: string;
    }
  | { readonly dropped: string };

/** Writes mails from what is true at this moment. */
@Injectable()
export class NoticeRenderer {
  constructor(
    private readonly database: Database,
    private readonly owners: Owners,
    private readonly settings: SettingsService,
    private readonly templates: TemplateService,
    private readonly announcements: AnnouncementTextRepository,
    private readonly refusals: RefusalRepository,
    private readonly hashes: AddressHashes,
    private readonly sender: MailSender,
    @Inject(CONFIG) private readonly config: NotificationsConfig,
  ) {}

  /** Mails by the ids of their notices, in one round of questions to the owners. */
  async render(notices: readonly Notice[]): Promise<ReadonlyMap<string, Rendered>> {
    const facts = await this.factsOf(notices);
    const now = new Date();
    const found = notices.map((notice) => ({
      notice,
      recipient: recipientOf(notice, facts, (email) => this.hashes.of(email)),
    }));
    const refused = await this.refusedAmong(found);
    const rendered = await Promise.all(
      found.map(async ({ notice, recipient }): Promise<[string, Rendered]> => {
        if (recipient === null) return [notice.id, { dropped: 'its owner names no recipient any more' }];
        const overtaken = whyOvertaken(notice, facts, recipient, now) ?? refused(notice, recipient);
        if (overtaken !== null) return [notice.id, { dropped: overtaken }];
        return [notice.id, await this.write(notice, recipient, facts)];
      }),
    );
    return new Map(rendered);
  }

  private async factsOf(notices: readonly Notice[]): Promise<NoticeFacts> {
    const ids = <Key extends keyof Notice>(key: Key) =>
      notices.flatMap((notice) => (notice[key] as string | null) ?? []);
    const organizationIds = new Set(ids('organizationId'));
    const digested = notices.flatMap(({ data }) => data.digest ?? []);
    const companyIds = [
      ...ids('companyId'),
      ...digested.flatMap(({ companyId }) => companyId ?? []),
      ...notices.flatMap(({ data }) => data.meeting?.partnerId ?? []),
    ];
    const meetingIds = [
      ...notices.flatMap(({ data }) => data.meeting?.meetingId ?? []),
      ...digested.flatMap(({ kind, refId }) => (kind.startsWith('meeting-') ? [refId] : [])),
    ];
    const stopIds = [...ids('stopId'), ...digested.flatMap(({ stopId }) => stopId ?? [])];
    const leavers = notices.filter(({ data }) => data.calendar?.method === 'CANCEL');
    const [
      settings,
      words,
      stops,
      people,
      departed,
      contacts,
      companyNames,
      sessions,
      meetings,
      releaseNotes,
      announcements,
    ] = await Promise.all([
      this.settings.findAll(organizationIds),
      Promise.all([...organizationIds].map(async (id) => [id, await this.templates.wordsOf(id)] as const)),
      this.owners.stops(stopIds),
      this.owners.people(ids('registrationId')),
      this.owners.departed(leavers.flatMap(({ registrationId }) => registrationId ?? [])),
      this.owners.contacts(ids('companyId')),
      this.owners.companyNames(companyIds),
      this.owners.sessions(ids('sessionId')),
      this.owners.meetings(meetingIds),
      this.releaseNotes(notices),
      this.announcements.find(this.database, ids('announcementId')),
    ]);
    return {
      settings,
      words: new Map(words),
      stops,
      people,
      departed,
      contacts,
      companyNames,
      sessions,
      meetings,
      releaseNotes,
      announcements,
      publicUrl: this.config.PUBLIC_URL,
    };
  }

  private async releaseNotes(notices: readonly Notice[]): Promise<NoticeFacts['releaseNotes']> {
    const releases = notices.flatMap(({ stopId, data: { release } }) =>
      stopId === null || release === undefined ? [] : [{ stopId, release }],
    );
    const distinct = new Map(releases.map((one) => [releaseKey(one), one]));
    const notes = [...distinct].map(async ([key, one]) => [key, await this.owners.releaseNote(one)] as const);
    return new Map(await Promise.all(notes));
  }

  /** Why an address gets nothing: no such mailbox, or its owner wants none of this kind. */
  private async refusedAmong(found: readonly { notice: Notice; recipient: NoticeRecipient | null }[]) {
    const hashes = found.flatMap(({ recipient }) =>
      recipient === null ? [] : [this.hashes.of(recipient.email)],
    );
    const suppressed = await this.refusals.suppressedAmong(this.database, hashes);
    const organizationIds = new Set(found.map(({ notice }) => notice.organizationId));
    const unsubscribed = new Map(
      await Promise.all(
        [...organizationIds].map(
          async (id) => [id, await this.refusals.unsubscribedAmong(this.database, id, hashes)] as const,
        ),
      ),
    );
    return ({ kind, organizationId }: Notice, { email }: NoticeRecipient): string | null => {
      const hash = this.hashes.of(email);
      if (suppressed.has(hash)) return 'the mailbox does not exist';
      const isRefused = factsOf(kind).refusable && unsubscribed.get(organizationId)?.has(hash) === true;
      return isRefused ? 'unsubscribed' : null;
    };
  }

  private async write(notice: Notice, recipient: NoticeRecipient, facts: NoticeFacts): Promise<Rendered> {
    const addressHash = this.hashes.of(recipient.email);
    const languages = recipient.language === 'both' ? (['zh', 'en'] as const) : [recipient.language];
    const [main = 'zh'] = languages;
    const stop = facts.stops.get(notice.stopId ?? '');
    const senderName = stop === undefined ? 'Waystop' : inLanguage(stop.tourName, main);
    const unsubscribeUrl = factsOf(notice.kind).refusable
      ? `${facts.publicUrl}/v1/unsubscribe/${this.hashes.unsubscribeToken(notice.organizationId, addressHash)}`
      : null;
    const content = layOut(
      languages.map((language) => ({
        language,
        text: noticeText({ notice, facts, recipient, language, unsubscribeUrl }),
      })),
      senderName,
    );
    const organizer = { name: senderName, email: this.sender.address };
    const calendar = noticeCalendar({ notice, facts, recipient, language: main, organizer, at: new Date() });
    const showsBadge = (notice.kind === 'badge' || notice.kind === 'reminder') && recipient.badge !== null;
    return {
      addressHash,
      language: recipient.language,
      domainKey: this.hashes.domainKeyOf(recipient.email),
      mail: {
        ...content,
        to: recipient.email,
        messageId: `${notice.id}@${this.sender.domain}`,
        fromName: senderName,
        replyTo: facts.settings.get(notice.organizationId)?.replyTo ?? null,
        ...(calendar === undefined ? {} : { calendar }),
        ...(showsBadge ? { images: [await badgeImage(recipient.badge ?? '')] } : {}),
        ...(unsubscribeUrl === null ? {} : { unsubscribeUrl }),
      },
    };
  }
}

async function badgeImage(badge: string) {
  const { default: QRCode } = await import('qrcode');
  const png = await QRCode.toBuffer(badge, { errorCorrectionLevel: 'M', margin: 4, width: 440 });
  return { cid: badgeCid, png, fileName: 'badge.png' };
}
