import { Injectable } from '@nestjs/common';
import type { Transaction } from '#persistence';
import type { SettingsRecord } from '../notification-settings/settings-record.js';
import { factsOf, type NoticeKind } from '../templates/mail-kind.js';
import { NoticeRepository, type EntryOfNotice } from './notice.repository.js';
import type { StopFacts } from '../owners/owner-facts.js';
import type { PlannedNotice } from './planned-notice.js';
import { afterQuietHours } from './quiet-hours.js';

export interface WriterFacts {
  readonly settings: ReadonlyMap<string, SettingsRecord>;
  readonly stops: ReadonlyMap<string, StopFacts>;
}

/** Writes planned mails with the time at which they may go, and drops what they overtake. */
@Injectable()
export class NoticeWriter {
  constructor(private readonly notices: NoticeRepository) {}

  async write(
    manager: Transaction,
    planned: readonly { notice: PlannedNotice; organizationId: string; domainKey?: string }[],
    { settings, stops }: WriterFacts,
  ): Promise<void> {
    const overtaken = await this.notices.supersede(
      manager,
      planned.flatMap(({ notice }) => entryOf(notice) ?? []),
    );
    const wanted = planned.flatMap((one) => {
      const notice = afterOvertaking(one.notice, overtaken);
      return notice === null ? [] : [{ ...one, notice }];
    });
    const now = new Date();
    await this.notices.insert(
      manager,
      wanted.map(({ notice, organizationId, domainKey = null }) => {
        const stop = notice.stopId === null ? undefined : stops.get(notice.stopId);
        const quiet = settings.get(organizationId)?.quietHours ?? null;
        const due = notice.notBefore ?? now;
        return {
          ...notice,
          organizationId,
          domainKey,
          dueAt: afterQuietHours(due, factsOf(notice.kind).quiet, quiet, stop ?? null),
        };
      }),
    );
  }
}

/** Speakers hear of every release; of seats, sign-ups and meetings only the newest state counts. */
function entryOf({ recipient, registrationId, data: { calendar } }: PlannedNotice): EntryOfNotice | null {
  if (registrationId === undefined || calendar === undefined) return null;
  return { recipient, uid: calendar.uid };
}

const firstWords: readonly NoticeKind[] = ['seat-confirmed', 'seat-promoted', 'meeting-scheduled'];

/**
 * A mail that takes the place of one that was never sent: a cancellation of what nobody heard of is dropped, and
 * a change of it becomes the first mail.
 */
function afterOvertaking(
  notice: PlannedNotice,
  overtaken: readonly (EntryOfNotice & { kind: NoticeKind })[],
): PlannedNotice | null {
  const { calendar } = notice.data;
  const first = overtaken.find(
    (one) => firstWords.includes(one.kind) && one.recipient === notice.recipient && one.uid === calendar?.uid,
  );
  if (first === undefined || calendar === undefined) return notice;
  return calendar.method === 'CANCEL' ? null : { ...notice, kind: first.kind };
}
