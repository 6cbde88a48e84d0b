import { v7 as newId } from 'uuid';
import type { EventContract, StopState } from '#contracts';
import type { Broker } from '#messaging';
import { soon } from '#service/testing/patience';

/** Publishes a state as its service does. */
export async function publishState(
  broker: Broker,
  contract: EventContract,
  subject: string,
  data: object,
  more: object = {},
): Promise<void> {
  const id = newId();
  const envelope = {
    specversion: '1.0',
    id,
    source: '/waystop/test',
    type: contract.subject,
    subject,
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    data,
    ...more,
  };
  // The service makes the stream once it is connected; the id keeps a second try from being a second event.
  await soon(async () => {
    await broker.jetStream.publish(contract.subject, JSON.stringify(envelope), { msgID: id });
  });
}

/** A published stop as its events tell of it. */
export function aStopState(
  ids: Pick<StopState, 'id' | 'tourId' | 'organizationId'>,
  over: Partial<StopState> = {},
): StopState {
  const name = { en: 'Chengdu' };
  return {
    ...ids,
    status: 'published',
    published: true,
    name,
    city: { code: '510100', name },
    venue: { name, address: null, location: null },
    timeZone: 'Asia/Shanghai',
    startsAt: '2037-01-16T01:00:00Z',
    endsAt: '2037-01-16T10:00:00Z',
    capacity: 220,
    maxDelegatesPerCompany: 10,
    registration: {
      opensAt: '2026-12-01T01:00:00Z',
      closesAt: '2037-01-15T01:00:00Z',
      approval: 'automatic',
      waitlist: true,
      waitlistPolicy: 'strict',
      verifiedOnly: false,
      changesUntil: '2037-01-16T01:00:00Z',
    },
    rooms: [],
    partners: [],
    createdAt: '2026-12-01T01:00:00Z',
    speakerTravelMinutes: 240,
    moves: [],
    cancelReason: null,
    version: 1,
    ...over,
  } as StopState;
}
