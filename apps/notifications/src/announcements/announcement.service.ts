import { Injectable } from '@nestjs/common';
import {
  Problem,
  formatInstant,
  notFound,
  type Announcement,
  type Caller,
  type InputOf,
  type OutputOf,
  type approveAnnouncement,
  type createAnnouncement,
  type listAnnouncements,
  type previewAnnouncement,
} from '#contracts';
import type { CallContext } from '#messaging';
import {
  Database,
  UnitOfWork,
  cutPage,
  decodeIdCursor,
  newId,
  refuseStaleVersion,
  type TransactionContext,
} from '#persistence';
import { MailSender } from '../mail/mail-sender.service.js';
import { MailQueryService } from '../notices/mail-query.service.js';
import { NoticeRenderer } from '../rendering/notice-renderer.service.js';
import { NoticeRepository } from '../notices/notice.repository.js';
import type { Notice } from '../notices/notice.js';
import { organizationOf } from '../notification-settings/settings.service.js';
import { refuseUnknownPlaceholders } from '../templates/check-template.js';
import { commonPlaceholders } from '../templates/mail-kind.js';
import {
  graceMs,
  presentAnnouncement,
  refuseUnless,
  statusOf,
  type AnnouncementRecord,
} from './announcement.js';
import { AnnouncementRepository } from './announcement.repository.js';
import { AudienceService, type AudienceMember } from './audience.service.js';

const maxSamples = 3;
/** Mails that one statement makes. */
const insertPage = 1_000;
const placeholders = [...commonPlaceholders, 'companyName'];
const nothing = { sent: 0, open: 0 };

/** Letters of organizers to many: drafted, looked at, approved for so many recipients, and stoppable. */
@Injectable()
export class AnnouncementService {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly announcements: AnnouncementRepository,
    private readonly audiences: AudienceService,
    private readonly notices: NoticeRepository,
    private readonly mails: MailQueryService,
    private readonly renderer: NoticeRenderer,
    private readonly sender: MailSender,
  ) {}

  async create(
    call: CallContext,
    { stopId, body }: InputOf<typeof createAnnouncement>,
  ): Promise<Announcement> {
    const organizationId = await this.mails.requireStop(call.caller, stopId);
    for (const language of ['zh', 'en'] as const) {
      const words = { subject: body.subject[language] ?? '', text: body.text[language] ?? '' };
      refuseUnknownPlaceholders(words, placeholders, language);
    }
    return this.unitOfWork.run(
      call,
      async (tx) => {
        const record: AnnouncementRecord = {
          id: newId(),
          organizationId,
          stopId,
          ...body,
          status: 'draft',
          recipients: null,
          createdAt: new Date(),
          approvedAt: null,
          version: 1,
        };
        await this.announcements.insert(tx.manager, record);
        audit(tx, 'announcement.create', null, record);
        return presentAnnouncement(record, nothing, new Date());
      },
      ({ id }) => id,
    );
  }

  async list(
    caller: Caller,
    { stopId, limit, cursor }: InputOf<typeof listAnnouncements>,
  ): Promise<OutputOf<typeof listAnnouncements>> {
    await this.mails.requireStop(caller, stopId);
    const rows = await this.announcements.list(this.database, stopId, decodeIdCursor(cursor), limit + 1);
    const { items, nextCursor } = cutPage(rows, limit, ({ id }) => [id]);
    const counts = await this.announcements.counts(
      this.database,
      items.map(({ id }) => id),
    );
    const now = new Date();
    return {
      items: items.map((one) => presentAnnouncement(one, counts.get(one.id) ?? nothing, now)),
      nextCursor,
    };
  }

  async get(caller: Caller, id: string): Promise<Announcement> {
    const record = await this.require(caller, id);
    return presentAnnouncement(record, await this.countsOf(id), new Date());
  }

  /** How many would get it now, and how it looks for some of them. */
  async preview(caller: Caller, id: string): Promise<OutputOf<typeof previewAnnouncement>> {
    const record = await this.require(caller, id);
    const members = await this.audiences.membersOf(record);
    const samples = members.slice(0, maxSamples).map(({ notice }) => sampleNotice(record, notice));
    const rendered = await this.renderer.render(samples);
    return {
      recipients: members.length,
      samples: samples.flatMap(({ id: noticeId }) => {
        const one = rendered.get(noticeId);
        if (one === undefined || 'dropped' in one) return [];
        const { subject, html, text } = one.mail;
        return [{ language: one.language, subject, html, text }];
      }),
    };
  }

  async approve(call: CallContext, { id, body }: InputOf<typeof approveAnnouncement>): Promise<Announcement> {
    const record = await this.require(call.caller, id);
    this.sender.requireConfigured();
    const members = record.status === 'draft' ? await this.audiences.membersOf(record) : [];
    return this.change(call, id, 'announcement.approve', async (tx, present) => {
      refuseUnless(present.status, ['draft'], 'approved');
      if (members.length === 0) throw new Problem('announcement.audience_empty', 'The audience is empty.');
      if (members.length !== body.recipients)
        throw new Problem(
          'announcement.audience_changed',
          `It would go to ${members.length} recipients now, not to ${body.recipients}. Look at the preview again.`,
        );
      const approvedAt = new Date();
      await this.write(tx, present, members, new Date(approvedAt.getTime() + graceMs));
      return { ...present, status: 'approved', approvedAt, recipients: members.length };
    });
  }

  /** Works until the last mail: what is not on its way stays here. */
  async stop(call: CallContext, id: string): Promise<Announcement> {
    return this.change(call, id, 'announcement.stop', async (tx, present) => {
      const counts = (await this.announcements.counts(tx.manager, [id])).get(id) ?? nothing;
      refuseUnless(statusOf(present, counts, new Date()), ['approved', 'sending'], 'stopped');
      await this.announcements.dropOpen(tx.manager, id);
      return { ...present, status: 'stopped' };
    });
  }

  private async change(
    call: CallContext,
    id: string,
    action: string,
    decide: (tx: TransactionContext, present: AnnouncementRecord) => Promise<AnnouncementRecord>,
  ): Promise<Announcement> {
    const organizationId = organizationOf(call.caller);
    const changed = await this.unitOfWork.run(
      call,
      async (tx) => {
        const present = await this.announcements.lock(tx.manager, organizationId, id);
        if (present === null) throw notFound('announcement');
        refuseStaleVersion(call, present.version);
        const after = { ...(await decide(tx, present)), version: present.version + 1 };
        await this.announcements.update(tx.manager, after);
        audit(tx, action, present, after);
        return presentAnnouncement(after, nothing, new Date());
      },
      (answer) => answer.id,
    );
    return { ...changed, sent: (await this.countsOf(id)).sent };
  }

  private async write(
    tx: TransactionContext,
    { organizationId }: AnnouncementRecord,
    members: readonly AudienceMember[],
    dueAt: Date,
  ): Promise<void> {
    for (let from = 0; from < members.length; from += insertPage)
      await this.notices.insert(
        tx.manager,
        members
          .slice(from, from + insertPage)
          .map(({ notice, domainKey }) => ({ ...notice, organizationId, domainKey, dueAt })),
      );
  }

  private async require(caller: Caller, id: string): Promise<AnnouncementRecord> {
    const record = await this.announcements.find(this.database, organizationOf(caller), id);
    if (record === null) throw notFound('announcement');
    return record;
  }

  private async countsOf(id: string) {
    return (await this.announcements.counts(this.database, [id])).get(id) ?? nothing;
  }
}

/** As if the mail were about to be sent; it is stored nowhere. */
function sampleNotice({ organizationId }: AnnouncementRecord, planned: AudienceMember['notice']): Notice {
  return {
    id: newId(),
    kind: planned.kind,
    priority: 3,
    recipient: planned.recipient,
    occurrence: planned.occurrence,
    organizationId,
    stopId: planned.stopId,
    registrationId: planned.registrationId ?? null,
    companyId: planned.companyId ?? null,
    delegateId: planned.delegateId ?? null,
    sessionId: planned.sessionId ?? null,
    speakerId: planned.speakerId ?? null,
    announcementId: planned.announcementId ?? null,
    addressHash: planned.addressHash ?? null,
    domainKey: null,
    data: planned.data,
    state: 'planned',
    reason: null,
    dueAt: new Date(),
    attempts: 0,
    uncertain: 0,
    createdAt: new Date(),
    at: null,
  };
}

function audit(
  tx: TransactionContext,
  action: string,
  before: AnnouncementRecord | null,
  after: AnnouncementRecord,
): void {
  const shown = (one: AnnouncementRecord | null) =>
    one && {
      stopId: one.stopId,
      status: one.status,
      audience: one.audience,
      recipients: one.recipients,
      approvedAt: one.approvedAt === null ? null : formatInstant(one.approvedAt),
    };
  tx.audit({
    resourceType: 'announcement',
    resourceId: after.id,
    action,
    organizationId: after.organizationId,
    before: shown(before),
    after: shown(after),
  });
}
