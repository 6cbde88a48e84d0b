import { Injectable } from '@nestjs/common';
import {
  Problem,
  formatInstant,
  notFound,
  type Caller,
  type InputOf,
  type OutputOf,
  type listMails,
} from '#contracts';
import type { CallContext } from '#messaging';
import { Database, UnitOfWork, cutPage, decodeIdCursor } from '#persistence';
import { RefusalRepository } from '../addresses/refusals.repository.js';
import { MailSender } from '../mail/mail-sender.service.js';
import { organizationOf } from '../notification-settings/settings.service.js';
import { KnownStopService } from '../stops/known-stop.service.js';
import { NoticeRepository } from './notice.repository.js';
import type { Notice } from './notice.js';

type Mail = OutputOf<typeof listMails>['items'][number];

/** What organizers see of the mails of their stops: ids and states, no addresses. */
@Injectable()
export class MailQueryService {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly stops: KnownStopService,
    private readonly notices: NoticeRepository,
    private readonly refusals: RefusalRepository,
    private readonly sender: MailSender,
  ) {}

  async list(
    caller: Caller,
    { stopId, state, limit, cursor }: InputOf<typeof listMails>,
  ): Promise<OutputOf<typeof listMails>> {
    await this.requireStop(caller, stopId);
    const rows = await this.notices.list(this.database, stopId, state, decodeIdCursor(cursor), limit + 1);
    const { items, nextCursor } = cutPage(rows, limit, ({ id }) => [id]);
    return { items: items.map(presentMail), nextCursor };
  }

  /** Sends a mail again that failed, was dropped or waits: also to a mailbox that was thought not to exist. */
  async retry(call: CallContext, id: string): Promise<Mail> {
    const organizationId = organizationOf(call.caller);
    this.sender.requireConfigured();
    return this.unitOfWork.run(call, async (tx) => {
      const notice = await this.notices.lockOne(tx.manager, organizationId, id);
      if (notice === null) throw notFound('mail');
      if (notice.state === 'sent' || notice.state === 'sending')
        throw new Problem('mail.invalid_transition', 'A mail that was sent is not sent again.');
      await this.notices.makeDue(tx.manager, id);
      if (notice.addressHash !== null) await this.refusals.unsuppress(tx.manager, notice.addressHash);
      return presentMail({ ...notice, state: 'planned', reason: null, at: null, dueAt: new Date() });
    });
  }

  /** @throws Problem `resource.not_found` for a stop of another organization */
  async requireStop(caller: Caller, stopId: string): Promise<string> {
    const organizationId = organizationOf(caller);
    const stop = (await this.stops.findAll([stopId])).get(stopId);
    if (stop?.organizationId !== organizationId) throw notFound('stop');
    return organizationId;
  }
}

function presentMail(notice: Notice): Mail {
  const { id, kind, delegateId, companyId, sessionId, speakerId, state, reason, at, dueAt } = notice;
  const isCompany = notice.recipient.startsWith('company/');
  return {
    id,
    kind,
    recipient: {
      ...(delegateId === null ? {} : { delegateId }),
      ...(companyId === null || !isCompany ? {} : { companyId }),
      ...(speakerId === null || sessionId === null ? {} : { sessionId, speakerId }),
    },
    state: state === 'sending' ? 'planned' : state,
    reason,
    at: formatInstant(at ?? dueAt),
  };
}
