import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import {
  createListing,
  getCompanyStates,
  getDelegateContacts,
  getDelegations,
  getSpeakers,
  getStopState,
  getTour,
  hasMeetingOutcome,
  identifyBadge,
  listSpeakers,
  notFound,
  type Caller,
  type DelegateContact,
  type Listing,
  type LiveDelegation,
  type StopState,
} from '../../../libs/contracts/src/index.js';
import { service as matching } from '../../../apps/matching/src/service.js';
import { createLogger } from '../../../libs/service/src/index.js';
import { TestedService } from '../../support/tested-service.js';

type Draft = z.input<typeof createListing.input>['body'];

export interface Company {
  readonly id: string;
  readonly caller: Caller;
}

/** The matching service with one organization's tour; the test answers for the other services. */
export class Market {
  readonly organizer: Caller;
  readonly staff: Caller = { role: 'staff', keyId: randomUUID() };

  private constructor(
    readonly service: TestedService,
    readonly organizationId: string,
    readonly tourId: string,
    readonly stops: Map<string, StopState>,
    readonly suspended: Set<string>,
    readonly delegations: LiveDelegation[],
    readonly contacts: Map<string, DelegateContact>,
    /** When people speak, by their addresses. */
    readonly speaking: { stopId: string; email: string; startsAt: string; endsAt: string }[],
    /** The addresses of sessions' speakers, by session. */
    readonly speakers: Map<string, string[]>,
    /** Meetings of which a side has said what they led to. */
    readonly outcomes: Set<string>,
    /** All that the service logs, down to traces. */
    readonly logged: string[],
  ) {
    this.organizer = { role: 'organizer', keyId: randomUUID(), organizationId };
  }

  static async start(): Promise<Market> {
    const [organizationId, tourId] = [randomUUID(), randomUUID()];
    const stops = new Map<string, StopState>();
    const suspended = new Set<string>();
    const delegations: LiveDelegation[] = [];
    const contacts = new Map<string, DelegateContact>();
    const speaking: Market['speaking'] = [];
    const speakers = new Map<string, string[]>();
    const outcomes = new Set<string>();
    const logged: string[] = [];
    const logger = createLogger('test', 'trace', { write: (line) => void logged.push(line) });
    const company = (companyId: string) => ({
      companyId,
      name: { zh: `示例企业 ${companyId.slice(0, 4)}` },
      cityCode: '510100',
      standings: [{ organizationId, status: suspended.has(companyId) ? 'suspended' : 'verified' }],
      version: suspended.has(companyId) ? 2 : 1,
    });
    const stubs: Parameters<typeof TestedService.start>[1] = [
      [getStopState, ({ id }: { id: string }) => ({ stop: stops.get(id) ?? null })],
      [
        getTour,
        ({ id }: { id: string }) => {
          if (id !== tourId) throw notFound('tour');
          return { id, organizationId, name: { zh: '全国巡回' } };
        },
      ],
      [getCompanyStates, ({ ids }: { ids: string[] }) => ({ companies: ids.map(company) })],
      [
        getDelegations,
        ({ stopId, companyIds }: { stopId?: string; companyIds?: string[] }) => ({
          delegations: delegations.filter(
            (one) =>
              (stopId === undefined || one.stopId === stopId) &&
              (companyIds === undefined || companyIds.includes(one.companyId)),
          ),
        }),
      ],
      [
        getDelegateContacts,
        ({ delegateIds }: { delegateIds: string[] }) => ({
          delegates: delegateIds.flatMap((id) => contacts.get(id) ?? []),
        }),
      ],
      [
        listSpeakers,
        ({ stopId }: { stopId: string }) => ({
          items: speaking
            .filter((one) => one.stopId === stopId)
            .map(({ email, startsAt, endsAt }) => ({ startsAt, endsAt, speakers: [{ email }] })),
          nextCursor: null,
        }),
      ],
      [
        getSpeakers,
        ({ sessionIds }: { sessionIds: string[] }) => ({
          sessions: sessionIds.flatMap((sessionId) => {
            const emails = speakers.get(sessionId);
            return emails === undefined ? [] : [{ sessionId, speakers: emails.map((email) => ({ email })) }];
          }),
        }),
      ],
      [hasMeetingOutcome, ({ id }: { id: string }) => ({ stands: outcomes.has(id) })],
      // A badge here is the id of its delegate.
      [
        identifyBadge,
        ({ badge }: { badge: string }) => {
          const contact = contacts.get(badge);
          if (contact === undefined) throw notFound('badge');
          return { delegateId: contact.id, companyId: contact.companyId };
        },
      ],
    ];
    const service = await TestedService.start(matching, stubs, {}, logger);
    return new Market(
      service,
      organizationId,
      tourId,
      stops,
      suspended,
      delegations,
      contacts,
      speaking,
      speakers,
      outcomes,
      logged,
    );
  }

  /** A published stop of the tour, 09:00 to 17:00 in Chengdu. */
  stop(change: Partial<StopState> = {}): StopState {
    const stop: StopState = {
      id: randomUUID(),
      tourId: this.tourId,
      organizationId: this.organizationId,
      name: { zh: '成都站' },
      city: { code: '510100', name: { zh: '成都市' } },
      venue: { name: { zh: '会展中心' }, address: null, location: null },
      timeZone: 'Asia/Shanghai',
      startsAt: '2037-01-16T01:00:00Z',
      endsAt: '2037-01-16T09:00:00Z',
      capacity: 200,
      maxDelegatesPerCompany: 10,
      registration: {
        opensAt: '2026-11-01T00:00:00Z',
        closesAt: '2037-01-16T01:00:00Z',
        approval: 'automatic',
        waitlist: true,
        waitlistPolicy: 'strict',
        verifiedOnly: false,
        changesUntil: '2037-01-16T01:00:00Z',
      },
      rooms: [],
      partners: [],
      status: 'published',
      createdAt: '2026-11-01T00:00:00Z',
      published: true,
      moves: [],
      cancelReason: null,
      speakerTravelMinutes: 240,
      version: 2,
      ...change,
    };
    this.stops.set(stop.id, stop);
    return stop;
  }

  /** A company with a confirmed delegation of so many at each of these stops. */
  company(stops: readonly StopState[], delegates = 1): Company {
    const id = randomUUID();
    for (const stop of stops) this.register(id, stop, delegates);
    return { id, caller: { role: 'company', keyId: randomUUID(), companyId: id } };
  }

  register(companyId: string, stop: StopState, count = 1): LiveDelegation {
    const delegation: LiveDelegation = {
      registrationId: randomUUID(),
      stopId: stop.id,
      companyId,
      status: 'confirmed',
      version: 1,
      delegates: Array.from({ length: count }, () => ({ id: randomUUID(), taken: [] })),
    };
    this.delegations.push(delegation);
    for (const { id } of delegation.delegates) {
      this.contacts.set(id, {
        id,
        name: `代表 ${id.slice(0, 8)}`,
        jobTitle: '数据负责人',
        email: `${id}@example.com`,
        mobile: '+8613800138000',
        companyId,
        stopId: stop.id,
        personKey: id,
      });
    }
    return delegation;
  }

  delegateOf(company: Company, stop: StopState): string {
    const found = this.delegations.find((one) => one.companyId === company.id && one.stopId === stop.id);
    const [first] = found?.delegates ?? [];
    if (first === undefined) throw new Error('The company has no delegate there.');
    return first.id;
  }

  listing(company: Company, draft: Partial<Draft> = {}): Promise<Listing> {
    const body = { ...aListing, publish: true, ...draft };
    return this.service.ask(createListing, { tourId: this.tourId, body }, company.caller);
  }

  async end(): Promise<void> {
    await this.service.stop();
  }
}

export const aListing: Draft = {
  side: 'offer',
  title: { zh: '方言语音数据集' },
  text: { zh: '五千小时录音，已转写' },
  concepts: ['kind.dataset', 'modality.speech', 'task.speech_recognition'],
};
