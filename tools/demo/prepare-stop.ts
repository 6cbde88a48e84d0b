import { createStop, createTour, listStops, listTours, publishStop, type Stop, type Tour } from '#contracts';
import { dayOf, movedStop, shiftInto } from './dates.js';
import type { Example } from './example.js';
import { both, type ConsoleReport } from './console-report.js';
import type { PublicApi } from './public-api.js';

/** Finds the demo's own tour and its stop, or makes and publishes them. */
export async function prepareStop(api: PublicApi, example: Example, report: ConsoleReport): Promise<Stop> {
  report.heading('The organizer makes a tour and its stop', '组织者创建巡回活动和站点');
  const tour = await findOrMakeTour(api, example, report);
  const stop = await publish(api, await findOrMakeStop(api, tour, example, report), report);
  const { timeZone, registration, registrationState, capacity } = stop;
  report.line(`On ${dayOf(stop.startsAt, timeZone)} at ${both(stop.venue.name)}, ${capacity} seats`);
  report.line(
    `Registration is ${registrationState}, until ${dayOf(registration.closesAt, timeZone)} (${timeZone})`,
  );
  for (const { role, name } of stop.partners) report.line(`  ${role.padEnd(12)} ${both(name)}`);
  return stop;
}

async function findOrMakeTour(api: PublicApi, { tour }: Example, report: ConsoleReport): Promise<Tour> {
  const key = api.organizerKey;
  const tours = await api.all(listTours, '/v1/tours', key);
  // The website marks the demo's own tour: an installation may well have another one of the same name.
  const found = tours.find(({ website }) => website === tour.website);
  if (found !== undefined) {
    report.line(`The tour is there already: ${both(found.name)}`);
    return found;
  }
  const made = await api.must(createTour, 'POST', '/v1/tours', {
    key,
    body: tour,
    effect: `tour ${tour.website}`,
  });
  report.line(`POST /v1/tours → 201  ${both(made.name)}`);
  return made;
}

async function findOrMakeStop(
  api: PublicApi,
  tour: Tour,
  example: Example,
  report: ConsoleReport,
): Promise<Stop> {
  const key = api.organizerKey;
  const stops = await api.all(listStops, `/v1/tours/${tour.id}/stops`, key);
  const namesakes = stops.filter(({ name }) => name.zh === example.stop.name.zh);
  const found = namesakes.find(isAhead);
  if (found !== undefined) {
    report.line(`The stop is there already: ${both(found.name)}, ${found.status}`);
    return found;
  }
  if (namesakes.length > 0) report.line('The stop of an earlier demo is over, so it gets a successor');
  const body = movedStop(example.stop, shiftInto(new Date(), example.stop));
  const call = { key, body, effect: `stop ${body.startsAt} after ${namesakes.length}` };
  const made = await api.must(createStop, 'POST', `/v1/tours/${tour.id}/stops`, call);
  report.line(`POST /v1/tours/{id}/stops → 201  stop ${made.sequence}: ${both(made.name)}, ${made.status}`);
  return made;
}

/** A stop that still takes registrations; dates of another one can be moved no more. */
function isAhead({ status, registration }: Stop): boolean {
  return (status === 'draft' || status === 'published') && Date.parse(registration.closesAt) > Date.now();
}

async function publish(api: PublicApi, stop: Stop, report: ConsoleReport): Promise<Stop> {
  if (stop.status !== 'draft') return stop;
  const published = await api.must(publishStop, 'POST', `/v1/stops/${stop.id}/publish`, {
    key: api.organizerKey,
  });
  report.line(`POST /v1/stops/{id}/publish → 200  ${published.status}: the public can see it`);
  return published;
}
