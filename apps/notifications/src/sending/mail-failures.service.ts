import { Injectable } from '@nestjs/common';
import { newId, type Transaction } from '#persistence';
import { LogRepository } from '../log/log.repository.js';
import { DeliveryService } from '../webhooks/delivery.service.js';
import type { DigestItem, DigestRepository } from '../notices/digest.repository.js';
import type { Notice } from '../notices/notice.js';

/** Tells of mails that did not reach their recipients: an event, and the digests of organizer and company. */
@Injectable()
export class MailFailures {
  constructor(
    private readonly log: LogRepository,
    private readonly deliveries: DeliveryService,
  ) {}

  async tell(manager: Transaction, notice: Notice, digests: DigestRepository): Promise<void> {
    await this.log.lockForAppending(manager);
    const appended = await this.log.append(manager, [failedMessage(notice)]);
    await this.deliveries.create(manager, appended);
    const { delegateId, companyId, organizationId, stopId } = notice;
    if (delegateId === null) return;
    const item = (ownerId: string): DigestItem => ({
      ownerId,
      kind: 'unreachable',
      stopId,
      refId: delegateId,
      companyId,
    });
    await digests.add(manager, [item(organizationId)]);
    if (companyId !== null) await digests.add(manager, [item(companyId)], organizationId);
  }
}

function failedMessage({ id, kind, organizationId, companyId, stopId, delegateId }: Notice) {
  return {
    id: newId(),
    type: 'mail.failed',
    time: new Date(),
    subject: `mail/${id}`,
    organizationId,
    companyId,
    stopId,
    public: false,
    data: {
      mailId: id,
      stopId,
      companyId,
      delegateId,
      kind,
      version: 1,
      href: stopId === null ? '/v1/events' : `/v1/stops/${stopId}/mails?state=failed`,
    },
  };
}
