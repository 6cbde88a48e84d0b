import 'reflect-metadata';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  Problem,
  cancelStop,
  createStop,
  deleteStop,
  deleteTour,
  listStops,
  publishStop,
  rescheduleStop,
  updateStop,
  updateTour,
  type Tour,
} from '#contracts';
import { inSomeTry } from '#service/testing/patience';
import { service as stops } from '../../../apps/stops/src/service.js';
import { TestedService } from '../../support/tested-service.js';
import { withoutRowLocks } from '../../support/without-row-locks.js';
import { makePublished, makeStop, makeTour, organizer, recordedOf, stopOn } from './tour-of-stops.js';

/** Guarded as in production; tests that take a guard away have a service of their own instead. */
let guarded: TestedService;
let service: TestedService;
let tour: Tour;

beforeAll(async () => {
  guarded = await startTwoProcesses();
}, 300_000);

afterAll(() => guarded.stop());

beforeEach(async () => {
  service = guarded;
  tour = await makeTour(service);
});

afterEach(async () => {
  await service.rows.query('DROP TRIGGER IF EXISTS slow ON stops');
  if (service !== guarded) await service.stop();
});

async function startTwoProcesses(): Promise<TestedService> {
  const started = await TestedService.start(stops, []);
  await started.startReplica();
  return started;
}

async function takeOwnService(): Promise<void> {
  service = await startTwoProcesses();
  tour = await makeTour(service);
}

/** Seconds for tries of a race that a busy machine spoils where they are few. */
const longer = [0.2, 1, 5];

/** Every write of a stop takes a while, so that those which start together have all read before one commits. */
async function slowWrites(seconds = 0.2): Promise<void> {
  await service.rows.query(`
    CREATE OR REPLACE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN PERFORM pg_sleep(${seconds}); RETURN NEW; END $$;
    CREATE OR REPLACE TRIGGER slow BEFORE INSERT OR UPDATE ON stops FOR EACH ROW EXECUTE FUNCTION wait();
  `);
}

const dropOverlapRule = () => service.rows.query('ALTER TABLE stops DROP CONSTRAINT stops_of_tour_overlap');

/** How requests that start together end: `done` or the code of the refusal, sorted. */
async function outcomes(requests: Promise<unknown>[]): Promise<string[]> {
  const settled = await Promise.allSettled(requests);
  return settled
    .map((one) => {
      if (one.status === 'fulfilled') return 'done';
      if (one.reason instanceof Problem) return one.reason.code;
      throw one.reason;
    })
    .toSorted();
}

const createAtOnce = (bodies: ReturnType<typeof stopOn>[]) =>
  outcomes(bodies.map((body) => service.ask(createStop, { tourId: tour.id, body }, organizer)));

const countOverlaps = async () => {
  const [row] = (await service.rows.query(
    `SELECT count(*)::integer AS pairs FROM stops a JOIN stops b ON a.tour_id = b.tour_id AND a.id < b.id
      WHERE a.tour_id = $1 AND tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at)
        AND 'cancelled' NOT IN (a.status, b.status)`,
    [tour.id],
  )) as { pairs: number }[];
  return row?.pairs;
};

describe('stops that overlap, created at once', () => {
  it('one wins, and every refusal names what it overlaps', async () => {
    await slowWrites();
    const ended = await createAtOnce(Array.from({ length: 4 }, () => stopOn(3)));
    expect(ended).toEqual(['done', 'stop.overlap', 'stop.overlap', 'stop.overlap']);
    const { items } = await service.ask(listStops, { tourId: tour.id }, organizer);
    const [winner] = items;
    const refused = await service.refusal(createStop, { tourId: tour.id, body: stopOn(3) }, organizer);
    expect(refused.extra.conflicts).toEqual([
      { stopId: winner?.id, name: winner?.name, startsAt: winner?.startsAt, endsAt: winner?.endsAt },
    ]);
  });

  it('one wins by the constraint alone, without any row lock', async () => {
    await takeOwnService();
    withoutRowLocks(service);
    await slowWrites();
    expect(await createAtOnce([stopOn(3), stopOn(3)])).toEqual(['done', 'stop.overlap']);
  });

  it('negative control: without the constraint the same race makes them overlap', async () => {
    await takeOwnService();
    await dropOverlapRule();
    await inSomeTry(async (index) => {
      tour = await makeTour(service);
      await slowWrites(longer[index]);
      expect(await createAtOnce([stopOn(3), stopOn(3)])).toEqual(['done', 'done']);
      expect(await countOverlaps()).toBe(1);
    }, longer.length);
  });

  it('touching ones are no overlap', async () => {
    const { startsAt, endsAt } = stopOn(3);
    const next = stopOn(3, {
      startsAt: endsAt,
      endsAt: endsAt.replace('T18', 'T20'),
      registration: { opensAt: '2026-01-01T00:00:00Z', closesAt: startsAt },
    });
    expect(await createAtOnce([stopOn(3), next])).toEqual(['done', 'done']);
  });
});

describe('overlaps by other ways', () => {
  it('two reschedules, a patch and a new stop onto one day: one wins', async () => {
    const [first, second] = [
      await makePublished(service, tour.id, stopOn(1)),
      await makePublished(service, tour.id, stopOn(2)),
    ];
    const draft = await makeStop(service, tour.id, stopOn(4));
    const { startsAt, endsAt, registration } = stopOn(20);
    await slowWrites();
    const ended = await outcomes([
      service.ask(rescheduleStop, { id: first.id, body: { startsAt, endsAt } }, organizer),
      service.ask(rescheduleStop, { id: second.id, body: { startsAt, endsAt } }, organizer),
      service.ask(updateStop, { id: draft.id, body: { startsAt, endsAt, registration } }, organizer),
      service.ask(createStop, { tourId: tour.id, body: stopOn(20) }, organizer),
    ]);
    expect(ended).toEqual(['done', 'stop.overlap', 'stop.overlap', 'stop.overlap']);
    expect(await countOverlaps()).toBe(0);
  });

  it('a cancelled stop leaves its time to others', async () => {
    const stop = await makePublished(service, tour.id, stopOn(1));
    await service.ask(cancelStop, { id: stop.id, body: { reason: 'storm' } }, organizer);
    expect((await makeStop(service, tour.id, stopOn(1))).status).toBe('draft');
  });

  it('a tour that allows overlaps can forbid them again only when there are none', async () => {
    const allow = (overlappingStops: boolean) =>
      service.ask(updateTour, { id: tour.id, body: { overlappingStops } }, organizer);
    await allow(true);
    expect(await createAtOnce([stopOn(1), stopOn(1)])).toEqual(['done', 'done']);
    const refused = await service.refusal(
      updateTour,
      { id: tour.id, body: { overlappingStops: false } },
      organizer,
    );
    expect(refused.code).toBe('stop.overlap');
    expect(refused.extra.conflicts).toHaveLength(2);
    const { items } = await service.ask(listStops, { tourId: tour.id }, organizer);
    await service.ask(cancelStop, { id: items[0]?.id ?? '', body: { reason: 'one is enough' } }, organizer);
    expect((await allow(false)).overlappingStops).toBe(false);
    expect(await createAtOnce([stopOn(1)])).toEqual(['stop.overlap']);
  });

  it('forbidding overlaps and making one at the same time: never both', async () => {
    const { id } = await service.ask(
      updateTour,
      { id: tour.id, body: { overlappingStops: true } },
      organizer,
    );
    await makeStop(service, tour.id, stopOn(1));
    await slowWrites();
    const ended = await outcomes([
      service.ask(updateTour, { id, body: { overlappingStops: false } }, organizer),
      service.ask(createStop, { tourId: id, body: stopOn(1) }, organizer),
    ]);
    expect(ended).toEqual(['done', 'stop.overlap']);
  });
});

describe('deleting at once with', () => {
  it('publishing: one of the two', async () => {
    const { id } = await makeStop(service, tour.id, stopOn(1));
    await slowWrites();
    const ended = await outcomes([
      service.ask(publishStop, { id }, organizer),
      service.ask(deleteStop, { id }, organizer),
    ]);
    expect(ended[0]).toBe('done');
    expect(['resource.not_found', 'stop.not_draft']).toContain(ended[1]);
  });

  it('a new stop of the tour: never a stop without its tour, also without row locks', async () => {
    await takeOwnService();
    withoutRowLocks(service);
    await slowWrites();
    const { id } = tour;
    const ended = await outcomes([
      service.ask(createStop, { tourId: id, body: stopOn(1) }, organizer),
      service.ask(deleteTour, { id }, organizer),
    ]);
    const [count] = (await service.rows.query(
      `SELECT (SELECT count(*)::integer FROM tours WHERE id = $1) AS tours,
              (SELECT count(*)::integer FROM stops WHERE tour_id = $1) AS stops`,
      [id],
    )) as { tours: number; stops: number }[];
    if (count?.tours === 0) expect([ended, count.stops]).toEqual([['done', 'resource.not_found'], 0]);
    else expect([ended, count?.stops]).toEqual([['done', 'tour.not_empty'], 1]);
  });
});

describe('two changes of one stop at once', () => {
  const publishTwice = (id: string) =>
    outcomes([1, 2].map(() => service.ask(publishStop, { id }, organizer)));
  const patchTwice = (id: string) =>
    outcomes(
      [30, 40].map((capacity) =>
        service.ask(updateStop, { id, body: { capacity } }, organizer, { ifMatch: 1 }),
      ),
    );

  it('one publish wins, with one event and one line in the audit', async () => {
    const { id } = await makeStop(service, tour.id, stopOn(1));
    await slowWrites();
    expect(await publishTwice(id)).toEqual(['done', 'stop.invalid_transition']);
    expect(await recordedOf(service, id)).toEqual({
      actions: ['stop.create', 'stop.publish'],
      versions: [1, 2],
    });
  });

  it('one patch with the same If-Match wins', async () => {
    const { id } = await makeStop(service, tour.id, stopOn(1));
    await slowWrites();
    expect(await patchTwice(id)).toEqual(['done', 'precondition.failed']);
  });

  it('negative control: without the row locks both publishes and both patches go through', async () => {
    await takeOwnService();
    withoutRowLocks(service);
    await inSomeTry(async (index) => {
      const { id } = await makeTour(service);
      const [first, second] = [
        await makeStop(service, id, stopOn(1)),
        await makeStop(service, id, stopOn(2)),
      ];
      await slowWrites(longer[index]);
      expect(await publishTwice(first.id)).toEqual(['done', 'done']);
      expect(await patchTwice(second.id)).toEqual(['done', 'done']);
    }, longer.length);
  });
});
