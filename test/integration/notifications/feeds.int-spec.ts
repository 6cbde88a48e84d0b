import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as newId } from 'uuid';
import {
  feedSubject,
  getStopState,
  listEvents,
  readFeeds,
  registrationChanged,
  stopChanged,
  systemCaller,
  type Caller,
  type FeedOwner,
  type OutputOf,
} from '#contracts';
import { onSignal } from '#messaging';
import { soon } from '#service/testing/patience';
import { service as notifications } from '../../../apps/notifications/src/service.js';
import { parseAllowList } from '../../../apps/notifications/src/egress/allowed-address.js';
import { TestedService } from '../../support/tested-service.js';
import { aStopState, publishState } from './published-events.js';

const organizationId = newId();
const otherOrganizationId = newId();
const [companyId, otherCompanyId] = [newId(), newId()];
const stop = aStopState({ id: newId(), tourId: newId(), organizationId });
const otherStop = aStopState({ id: newId(), tourId: newId(), organizationId: otherOrganizationId });
const organizer: Caller = { role: 'organizer', keyId: newId(), organizationId };

let service: TestedService;

beforeAll(async () => {
  const stops = [stop, otherStop];
  service = await TestedService.start(
    notifications,
    [[getStopState, ({ id }: { id: string }) => ({ stop: stops.find((one) => one.id === id) ?? null })]],
    { WEBHOOK_SECRET: 'ab'.repeat(32), EGRESS_ALLOW: parseAllowList('') },
  );
}, 300_000);

afterAll(() => service.stop());

describe('feeds', () => {
  it('hold what their owners may have, many in one reading, and go on where the last one ended', async () => {
    const owners: FeedOwner[] = [
      { organizationId },
      { companyId },
      { organizationId: otherOrganizationId },
      { companyId: otherCompanyId },
    ];
    const begin = await read(owners, null);
    const own = await registers(companyId, stop.id);
    const foreign = await registers(otherCompanyId, otherStop.id);
    // Events of two services come in any order.
    await soon(async () => expect(await eventsOf([own, foreign])).toHaveLength(2));
    const changed = aStopState(stop, { capacity: 230, version: 2 });
    await publishState(service.broker, stopChanged, stop.id, changed);
    await soon(async () => {
      const { feeds } = await read(owners, begin.feeds[0]?.position ?? null);
      expect(feeds.map(({ items }) => items.length)).toEqual([2, 2, 1, 1]);
    });
    const { feeds } = await read(owners, begin.feeds[0]?.position ?? null);
    expect(feeds.map(({ items }) => items.map(({ event }) => event.subject))).toEqual([
      [own, `stop/${stop.id}`],
      [own, `stop/${stop.id}`],
      [foreign],
      [foreign],
    ]);
    const after = await read(owners, feeds[0]?.position ?? null);
    expect(after.feeds.map(({ items, lost, more }) => [items, lost, more])).toEqual(
      owners.map(() => [[], false, false]),
    );
  });

  it('come in pages, whose last says that there is no more', async () => {
    const { feeds: begin } = await read([{ organizationId }], null);
    const subjects: string[] = [];
    for (let number = 0; number < 5; number += 1) subjects.push(await registers(companyId, stop.id));
    await soon(async () => expect(await eventsOf(subjects)).toHaveLength(5));
    const read5: string[] = [];
    let position = begin[0]?.position ?? '0';
    for (let more = true; more;) {
      const { feeds } = await read([{ organizationId }], position, 2);
      read5.push(...(feeds[0]?.items.map(({ event }) => event.subject) ?? []));
      more = feeds[0]?.more ?? false;
      position = feeds[0]?.position ?? position;
    }
    expect(read5.toSorted()).toEqual(subjects.toSorted());
  });

  it('take the cursors of the log and the ids of events', async () => {
    const subjects = [await registers(companyId, stop.id), await registers(companyId, stop.id)];
    await soon(async () => expect(await eventsOf(subjects)).toHaveLength(2));
    const all = await service.ask(listEvents, { limit: 200 }, organizer);
    const [before, last] = all.items.slice(-2);
    for (const [after, expected] of [
      [before?.id, [last?.id]],
      [all.nextCursor, []],
    ] as const) {
      const { feeds } = await service.ask(
        readFeeds,
        { feeds: [{ owner: { organizationId }, after: after ?? null }], limit: 10 },
        systemCaller,
      );
      expect(feeds[0]?.items.map(({ event }) => event.id)).toEqual(expected);
    }
  });

  it('say so where a place is no longer kept, or was never reached', async () => {
    const { feeds: end } = await read([{ organizationId }], null);
    const position = end[0]?.position ?? '0';
    for (const place of [String(BigInt(position) + 5n), newId()]) {
      const after = place.includes('-') ? place : { seq: place };
      const { feeds } = await service.ask(
        readFeeds,
        { feeds: [{ owner: { organizationId }, after }], limit: 10 },
        systemCaller,
      );
      expect(feeds[0]).toEqual({ items: [], position, more: false, lost: true });
    }
  });
});

it('a signal wakes up the owners whom new messages concern, and nobody else', async () => {
  const heard: string[] = [];
  const owners = { organizationId, otherOrganizationId, companyId, otherCompanyId };
  const stops = Object.entries(owners).map(([name, id]) => {
    const subject = feedSubject(name.endsWith('anizationId') ? { organizationId: id } : { companyId: id });
    return onSignal(service.broker, subject, () => heard.push(name));
  });
  await service.broker.connection.flush();
  await publishState(service.broker, stopChanged, stop.id, aStopState(stop, { capacity: 250, version: 3 }));
  await soon(() => expect(new Set(heard)).toEqual(new Set(['organizationId', 'companyId'])));
  await registers(otherCompanyId, otherStop.id);
  await soon(() => expect(new Set(heard)).toEqual(new Set(Object.keys(owners))));
  for (const stopListening of stops) stopListening();
});

function read(owners: FeedOwner[], after: string | null, limit = 100): Promise<OutputOf<typeof readFeeds>> {
  const feeds = owners.map((owner) => ({ owner, after: after === null ? null : { seq: after } }));
  return service.ask(readFeeds, { feeds, limit }, systemCaller);
}

async function registers(ofCompany: string, stopId: string): Promise<string> {
  const registrationId = newId();
  const state = { registrationId, stopId, companyId: ofCompany, status: 'confirmed', seats: 1, version: 1 };
  await publishState(service.broker, registrationChanged, registrationId, state);
  return `registration/${registrationId}`;
}

function eventsOf(subjects: string[]): Promise<unknown[]> {
  return service.rows.query('SELECT 1 FROM messages WHERE subject = ANY ($1)', [subjects]) as Promise<
    unknown[]
  >;
}
