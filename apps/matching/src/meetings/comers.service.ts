import { Injectable } from '@nestjs/common';
import { getDelegateContacts, listSpeakers, type DelegateContact } from '#contracts';
import { Rpc } from '#messaging';
import { Database } from '#persistence';
import { DelegationProjectionService } from '../delegations/delegation-projection.service.js';
import { MeetingRulesRepository } from '../meeting-rules/meeting-rules.repository.js';
import type { Comers, Period } from './comers.js';

/** Speakers of a stop that are read in one request. */
const pageSize = 200;
/** Delegates that are asked for in one request. */
const maxContacts = 1_000;

/** Knows who comes for a company, and when these people are taken, as their owners say at this moment. */
@Injectable()
export class ComersService {
  constructor(
    private readonly database: Database,
    private readonly rpc: Rpc,
    private readonly delegations: DelegationProjectionService,
    private readonly rules: MeetingRulesRepository,
  ) {}

  /** By company; one that does not come is missing. */
  async find(stopId: string, companyIds: readonly string[]): Promise<ReadonlyMap<string, Comers>> {
    const asked = [...new Set(companyIds)];
    const [live, said, speaking] = await Promise.all([
      this.delegations.fetch({ stopId, companyIds: asked }),
      this.rules.findAttendances(this.database, stopId, { companyIds: asked }),
      this.speakingTimes(stopId),
    ]);
    const emails = await this.emailsOf(
      speaking.size === 0 ? [] : live.flatMap((one) => one.delegates.map(({ id }) => id)),
    );
    const comers = live.map(({ companyId, delegates }) => {
      const attendance = said.find((one) => one.companyId === companyId);
      const ids = delegates.map(({ id }) => id);
      const named = (attendance?.delegateIds ?? ids).filter((id) => ids.includes(id));
      const taken = delegates.map(({ id, taken: signedUp }) => {
        const speaks = speaking.get(emails.get(id) ?? '') ?? [];
        return [id, [...signedUp, ...speaks]] as const;
      });
      return [
        companyId,
        {
          // All delegates that a company named may have left since; then those who are there attend.
          persons: named.length > 0 ? named : ids,
          delegation: ids,
          taken: new Map(taken),
          unavailable: attendance?.unavailable ?? [],
          maxMeetings: attendance?.maxMeetings ?? null,
        },
      ] as const;
    });
    return new Map(comers);
  }

  async contactsOf(delegateIds: readonly string[]): Promise<ReadonlyMap<string, DelegateContact>> {
    if (delegateIds.length === 0) return new Map();
    const asked = [...new Set(delegateIds)];
    const parts = Array.from({ length: Math.ceil(asked.length / maxContacts) }, (_, part) =>
      asked.slice(part * maxContacts, (part + 1) * maxContacts),
    );
    const answers = await Promise.all(
      parts.map((ids) => this.rpc.ask(getDelegateContacts, { delegateIds: ids })),
    );
    return new Map(answers.flatMap(({ delegates }) => delegates.map((one) => [one.id, one])));
  }

  private async emailsOf(delegateIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const contacts = await this.contactsOf(delegateIds);
    return new Map([...contacts].map(([id, { email }]) => [id, email.toLowerCase()]));
  }

  /** When people speak at a stop, by their address in lower case. */
  private async speakingTimes(stopId: string): Promise<ReadonlyMap<string, Period[]>> {
    const times = new Map<string, Period[]>();
    for (let cursor: string | undefined; ;) {
      const page = await this.rpc.ask(listSpeakers, {
        stopId,
        statuses: ['scheduled'],
        limit: pageSize,
        ...(cursor === undefined ? {} : { cursor }),
      });
      for (const { startsAt, endsAt, speakers } of page.items) {
        if (startsAt === null || endsAt === null) continue;
        for (const { email } of speakers) {
          if (email === null) continue;
          const key = email.toLowerCase();
          times.set(key, [...(times.get(key) ?? []), { from: startsAt, to: endsAt }]);
        }
      }
      if (page.nextCursor === null) return times;
      cursor = page.nextCursor;
    }
  }
}
