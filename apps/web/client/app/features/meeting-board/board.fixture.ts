import type { Meeting } from '#contracts/meetings';
import type { Registration } from '#contracts/registrations';
import { boardOf, guestsOf, slotsOf, type Board } from './board.js';

export const at = (minute: number): string => new Date(Date.UTC(2027, 0, 16, 1, minute)).toISOString();
export const atMs = (minute: number): number => Date.parse(at(minute));

export function aMeeting(id: string, askerId: string, askedId: string, over: Partial<Meeting> = {}): Meeting {
  return {
    id,
    stopId: 'stop',
    askerId,
    askedId,
    listingId: null,
    message: null,
    status: 'accepted',
    reason: null,
    missed: null,
    startsAt: null,
    endsAt: null,
    tableNo: null,
    delegates: { asker: null, asked: null },
    createdAt: at(0),
    version: 1,
    ...over,
  };
}

export const placed = (
  id: string,
  askerId: string,
  askedId: string,
  minute: number,
  tableNo: number,
  over: Partial<Meeting> = {},
): Meeting =>
  aMeeting(id, askerId, askedId, {
    status: 'scheduled',
    startsAt: at(minute),
    endsAt: at(minute + 20),
    tableNo,
    ...over,
  });

export function aRegistration(companyId: string, over: Partial<Registration> = {}): Registration {
  return {
    id: `r-${companyId}`,
    stopId: 'stop',
    companyId,
    status: 'confirmed',
    seats: 2,
    waitlistPosition: null,
    delegates: [1, 2].map((n) => ({
      id: `${companyId}${n}`,
      name: `${companyId} ${n}`,
      email: `${companyId}${n}@example.com`,
      mobile: null,
      jobTitle: null,
      language: null,
      badge: null,
    })),
    company: { id: companyId, name: { zh: `企业${companyId}`, en: `Company ${companyId}` } },
    note: null,
    reason: null,
    createdAt: at(0),
    version: 1,
    ...over,
  };
}

/** Three slots of 20 minutes, at 0, 30 and 60, and two tables. */
export function aBoard(meetings: readonly Meeting[], over: Partial<Board> = {}): Board {
  return boardOf({
    slots: slotsOf([at(0), at(30), at(60)], 20),
    tables: 2,
    meetings,
    guests: guestsOf(
      ['a', 'b', 'c', 'd', 'e'].map((id) => aRegistration(id)),
      [],
    ),
    talks: [],
    nowMs: atMs(-1),
    ...over,
  });
}
