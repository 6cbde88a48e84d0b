import { v7 as newId } from 'uuid';
import {
  getCompanyStates,
  getMeetingTimes,
  getSessionState,
  getStopState,
  type Caller,
  type CompanyState,
  type RequestContract,
  type SessionState,
  type StopState,
} from '../../../libs/contracts/src/index.js';

const hourMs = 3_600_000;
const at = (hours: number) => new Date(Date.now() + hours * hourMs).toISOString();

export const organizationId = newId();
export const organizer: Caller = { role: 'organizer', keyId: 'organizer', organizationId };
export const publicCaller: Caller = { role: 'public', keyId: null };

/** What stops, accounts and sessions would answer: the tests write into these. */
export class OtherServices {
  readonly stops = new Map<string, StopState>();
  readonly companies = new Map<string, CompanyState>();
  readonly sessions = new Map<string, SessionState>();
  readonly meetingTimes: { delegateId: string; from: string; to: string }[] = [];
  /** Questions asked of accounts, by the number of companies in each. */
  readonly companiesAsked: number[] = [];
  stopsAsked = 0;

  readonly answers: readonly [RequestContract, (input: never) => unknown][] = [
    [
      getStopState,
      ({ id }: { id: string }) => {
        this.stopsAsked += 1;
        return { stop: this.stops.get(id) ?? null };
      },
    ],
    [
      getCompanyStates,
      ({ ids }: { ids: string[] }) => {
        this.companiesAsked.push(ids.length);
        return { companies: ids.flatMap((id) => this.companies.get(id) ?? []) };
      },
    ],
    [
      getMeetingTimes,
      ({ delegateIds }: { delegateIds: string[] }) => ({
        times: this.meetingTimes.filter(({ delegateId }) => delegateIds.includes(delegateId)),
      }),
    ],
    [getSessionState, ({ id }: { id: string }) => ({ session: this.sessions.get(id) ?? null })],
  ];

  /** A published stop whose registration is open. */
  stop(changes: Partial<StopState> = {}, registration: Partial<StopState['registration']> = {}): StopState {
    const state: StopState = {
      id: newId(),
      tourId: newId(),
      organizationId,
      name: { en: 'Chengdu' },
      city: { code: '510100', name: { en: 'Chengdu' } },
      venue: { name: { en: 'Hall' }, address: null, location: null },
      timeZone: 'Asia/Shanghai',
      startsAt: at(24),
      endsAt: at(32),
      capacity: 10,
      maxDelegatesPerCompany: 10,
      registration: {
        opensAt: at(-1),
        closesAt: at(20),
        approval: 'automatic',
        waitlist: true,
        waitlistPolicy: 'strict',
        verifiedOnly: false,
        ...registration,
      },
      rooms: [],
      partners: [],
      status: 'published',
      createdAt: at(-2),
      version: 1,
      speakerTravelMinutes: 240,
      published: true,
      moves: [],
      cancelReason: null,
      ...changes,
    } as StopState;
    this.stops.set(state.id, state);
    return state;
  }

  /** The next version of a stop, as its service would have it. */
  changeStop(stop: StopState, changes: Partial<StopState>): StopState {
    const next = { ...stop, ...changes, version: stop.version + 1 };
    this.stops.set(next.id, next);
    return next;
  }

  /** A company that has just signed up, as a caller. */
  company(standing?: 'verified' | 'suspended'): Caller & { companyId: string } {
    const companyId = newId();
    const standings = standing === undefined ? [] : [{ organizationId, status: standing }];
    this.companies.set(companyId, { companyId, name: { zh: '示例企业' }, standings, version: 1 });
    return { role: 'company', keyId: companyId, companyId };
  }
}

let people = 0;

/** So many delegates, no two alike. */
export function delegates(count: number): { name: string; email: string }[] {
  return Array.from({ length: count }, () => {
    people += 1;
    return { name: `代表 ${people}`, email: `delegate-${people}@example.com` };
  });
}
