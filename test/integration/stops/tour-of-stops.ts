import type { z } from 'zod';
import { createStop, createTour, publishStop, type Caller, type Stop, type Tour } from '#contracts';
import type { TestedService } from '../../support/tested-service.js';

export type NewStop = z.input<typeof createStop.input>['body'];

export const organizationId = '01990000-0000-7000-8000-000000000001';
export const organizer: Caller = { role: 'organizer', keyId: 'key-1', organizationId };
export const stranger: Caller = {
  role: 'organizer',
  keyId: 'key-2',
  organizationId: '01990000-0000-7000-8000-000000000002',
};
export const everybody: Caller = { role: 'public', keyId: null };

const year = new Date().getUTCFullYear() + 1;

/** A body that is right; the stop takes place on the given day of the next year's January. */
export function stopOn(day: number, change: Partial<NewStop> = {}): NewStop {
  const date = `${year}-01-${String(day).padStart(2, '0')}`;
  return {
    name: { zh: `第 ${day} 站` },
    city: { code: '510100' },
    venue: { name: { zh: '会展中心' } },
    timeZone: 'Asia/Shanghai',
    startsAt: `${date}T09:00:00+08:00`,
    endsAt: `${date}T18:00:00+08:00`,
    capacity: 220,
    registration: { opensAt: '2026-01-01T00:00:00Z', closesAt: `${date}T00:00:00+08:00` },
    rooms: [{ name: { zh: '主会场' }, seats: 220 }],
    ...change,
  };
}

export function makeTour(service: TestedService, change: object = {}): Promise<Tour> {
  return service.ask(createTour, { body: { name: { zh: '全国行' }, ...change } }, organizer);
}

export function makeStop(service: TestedService, tourId: string, body: NewStop): Promise<Stop> {
  return service.ask(createStop, { tourId, body }, organizer);
}

export async function makePublished(service: TestedService, tourId: string, body: NewStop): Promise<Stop> {
  const { id } = await makeStop(service, tourId, body);
  return service.ask(publishStop, { id }, organizer);
}

/** The audit and the events of one resource, oldest first. */
export async function recordedOf(
  service: TestedService,
  id: string,
): Promise<{ actions: string[]; versions: number[] }> {
  const audit = (await service.rows.query('SELECT action FROM audit WHERE resource_id = $1 ORDER BY id', [
    id,
  ])) as { action: string }[];
  const events = (await service.rows.query(
    `SELECT (payload::json #>> '{data,version}')::integer AS version FROM outbox
      WHERE aggregate_id = $1 ORDER BY id`,
    [id],
  )) as { version: number }[];
  return { actions: audit.map((one) => one.action), versions: events.map((one) => one.version) };
}
