import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { getAvailability, pings, registrationChanged, stopChanged } from '#contracts';
import { Broker } from '#messaging';
import { inSomeTry, soon } from '#service/testing/patience';
import { StubServices } from '../testing/stub-services.js';
import { startTestBroker, type TestBroker } from '../testing/test-broker.js';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';

/** Longer than any deadline here. */
const silenceMs = 6_000;
const otherStopId = '01980000-0000-7000-8000-0000000000ff';

let server: TestBroker;
let services: StubServices;
let gateway: TestGateway;
let stops = 0;
/** A stop of each test's own. */
let stopId = '';
/** What the registrations service says now. */
let state = { confirmed: 0, stopVersion: 1, changesAt: null as string | null };
let lagMs = 0;

beforeAll(async () => {
  server = await startTestBroker();
  services = new StubServices(await Broker.connect({ url: server.url, name: 'stubs' }));
  await services.start([getAvailability, pings.stops, pings.registrations]);
  services.handle(getAvailability, () => {
    const { confirmed, stopVersion, changesAt } = state;
    const seats = { capacity: 100, confirmed, pending: 0, waitlisted: 0, left: 100 - confirmed };
    return { ...seats, registrationState: 'open', basis: { stopVersion, changesAt } };
  });
  for (const ping of [pings.stops, pings.registrations])
    services.handle(ping, () => ({ service: 'stub', eventLagMs: lagMs }));
  gateway = await startTestGateway(server.url);
});

afterAll(async () => {
  await gateway.stop();
  await services.stop();
  await server.stop();
});

beforeEach(begin);

/** A stop that nobody has read before. */
function begin(): void {
  stops += 1;
  stopId = `01980000-0000-7000-8000-${String(stops).padStart(12, '0')}`;
  state = { confirmed: 0, stopVersion: 1, changesAt: null };
  lagMs = 0;
  services.calls.length = 0;
}

/**
 * On a busy machine the gateway's checks of its events come late, and it asks more often: how seldom it asks shows in
 * one of some tries, each with a stop of its own.
 */
const undisturbed = (attempt: () => Promise<void>) =>
  inSomeTry(() => {
    begin();
    return attempt();
  });

async function read(): Promise<Record<string, unknown>> {
  const response = await fetch(`${gateway.base}/v1/stops/${stopId}/availability`);
  return (await response.json()) as Record<string, unknown>;
}

/** Reads for so long, every few milliseconds, as many readers do. @returns what was read last */
async function readFor(ms: number): Promise<Record<string, unknown>> {
  const endMs = Date.now() + ms;
  let last = await read();
  while (Date.now() < endMs) {
    await sleep(20);
    last = await read();
  }
  return last;
}

const asked = () => services.callsOf(getAvailability).length;
const registered = (id = stopId) => services.publish(registrationChanged, { stopId: id });

describe('availability', () => {
  it('is asked for once, however many read it', () =>
    undisturbed(async () => {
      expect(await readFor(2_000)).toEqual({
        capacity: 100,
        confirmed: 0,
        pending: 0,
        waitlisted: 0,
        left: 100,
        registrationState: 'open',
      });
      expect(asked()).toBe(1);
    }));

  it('follows the events of its stop, and of no other', () =>
    undisturbed(async () => {
      await readFor(700);
      state.confirmed = 1;
      await registered(otherStopId);
      expect(await readFor(300)).toMatchObject({ confirmed: 0 });
      await registered();
      await soon(async () => expect(await read()).toMatchObject({ confirmed: 1 }));
      expect(asked()).toBe(2);
    }));

  it('is asked for a few times a second while registrations rush in, and right in the end', () =>
    undisturbed(async () => {
      const rush = (async () => {
        for (let n = 1; n <= 150; n += 1) {
          state.confirmed = n;
          await registered();
          await sleep(10);
        }
      })();
      await Promise.all([rush, readFor(2_200)]);
      await soon(async () => expect(await read()).toMatchObject({ confirmed: 150 }));
      await readFor(500);
      expect(asked()).toBeGreaterThan(2);
      expect(asked()).toBeLessThan(14);
    }));

  it('does not last beside an event that came while it was fetched', async () => {
    services.handle(getAvailability, async () => {
      const { confirmed } = state;
      await sleep(100);
      return { confirmed, basis: { stopVersion: 1, changesAt: null } };
    });
    const first = read();
    while (asked() === 0) await sleep(5);
    state.confirmed = 7;
    await registered();
    expect(await first).toMatchObject({ confirmed: 0 });
    await soon(async () => expect(await read()).toMatchObject({ confirmed: 7 }));
    services.handle(getAvailability, () => {
      const { confirmed, stopVersion, changesAt } = state;
      return { confirmed, basis: { stopVersion, changesAt } };
    });
  });

  it('is asked for anew when the window opens or closes', () =>
    undisturbed(async () => {
      state.changesAt = new Date(Date.now() + 800).toISOString();
      await readFor(600);
      expect(asked()).toBe(1);
      state = { ...state, confirmed: 2, changesAt: null };
      await soon(async () => expect(await read()).toMatchObject({ confirmed: 2 }));
    }));

  it('does not last where its service knows an older version of the stop than the gateway', () =>
    undisturbed(async () => {
      await readFor(300);
      await services.publish(stopChanged, { id: stopId, tourId: 't', version: 2 });
      await readFor(300);
      state = { ...state, confirmed: 3, stopVersion: 2 };
      await soon(async () => expect(await read()).toMatchObject({ confirmed: 3 }));
      const before = asked();
      await readFor(1_200);
      expect(asked()).toBeLessThanOrEqual(before + 1);
    }));

  it('is asked for twice a second while events are late, and shows a change whose event never came', async () => {
    await readFor(700);
    lagMs = 5_000;
    await readFor(900);
    state.confirmed = 4;
    await soon(async () => expect(await read()).toMatchObject({ confirmed: 4 }));
    expect(asked()).toBeGreaterThanOrEqual(2);
  });

  it('is no older than a second when nothing answers any more', async () => {
    await readFor(700);
    for (const contract of [pings.registrations, getAvailability])
      services.handle(contract, () => sleep(silenceMs, undefined, { ref: false }));
    await soon(async () => {
      const late = await fetch(`${gateway.base}/v1/stops/${stopId}/availability`);
      expect([late.status, await late.json()]).toMatchObject([503, { code: 'service.unavailable' }]);
    });
  });
});
