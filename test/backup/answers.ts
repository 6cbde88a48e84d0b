import { randomUUID } from 'node:crypto';
import type { RunningSystem } from '../support/system.js';
import { ApiClient, aSession, aStop, delegates, inDays, must, signUpCompany } from '../support/client.js';

/** What a tour has come to, and the questions whose answers are compared. */
export interface ToldTour {
  readonly stopId: string;
  /** Each path with the key that asks for it; without one the public asks. */
  readonly questions: readonly { path: string; apiKey?: string }[];
  /** A request that was answered already, to be repeated with its key. */
  readonly repeated: { path: string; body: unknown; key: string; answer: unknown };
}

/** A tour with something of everything: seats, a waiting list, a check-in, a released timetable, keys, sign-ups. */
export async function tellTour(system: RunningSystem): Promise<ToldTour> {
  const organizer = new ApiClient(system.url, system.organizerKey);
  const tour = await must(organizer.post('/v1/tours', { name: { zh: '炼金工坊生态行' } }));
  const stop = await must(organizer.post(`/v1/tours/${tour.id}/stops`, aStop({ capacity: 4 })));
  await must(organizer.post(`/v1/stops/${stop.id}/publish`));
  const companies = [];
  for (let number = 1; number <= 4; number += 1)
    companies.push(await signUpCompany(new ApiClient(system.url), number));
  const [first, second, third, fourth] = companies.map(({ api }) => api);
  if (!first || !second || !third || !fourth) throw new Error('Four companies were to sign up.');
  const path = `/v1/stops/${stop.id}/registrations`;
  const repeated = { path, body: { delegates: delegates(2) }, key: randomUUID() };
  const confirmed = await must(first.post(path, repeated.body, { 'idempotency-key': repeated.key }));
  const cancelled = await must(second.post(path, { delegates: delegates(2) }));
  await must(third.post(path, { delegates: delegates(1) }));
  const waiting = await must(fourth.post(path, { delegates: delegates(3) }));
  await must(second.post(`/v1/registrations/${cancelled.id}/cancel`));
  await must(organizer.post(`/v1/companies/${companies[0]?.id}/verify`));
  await must(organizer.post(`/v1/stops/${stop.id}/check-ins`, { badge: confirmed.delegates[0].badge }));
  const session = await must(first.post(`/v1/stops/${stop.id}/sessions`, aSession()));
  await must(organizer.put(`/v1/sessions/${session.id}/review`, { score: 4 }));
  await must(organizer.post(`/v1/sessions/${session.id}/accept`));
  const place = { roomId: stop.rooms[0].id, startsAt: inDays(30, 1) };
  await must(organizer.post(`/v1/sessions/${session.id}/schedule`, place));
  await must(organizer.post(`/v1/stops/${stop.id}/timetable/releases`, { note: 'v1' }));
  const { apiKey: staff } = await must(
    organizer.post('/v1/api-keys', { role: 'staff', stopId: stop.id, label: 'door' }),
  );
  const forOrganizer = [
    '/v1/tours',
    `/v1/tours/${tour.id}`,
    `/v1/stops/${stop.id}`,
    path,
    `${path}.csv`,
    `/v1/registrations/${waiting.id}`,
    `/v1/stops/${stop.id}/attendance`,
    `/v1/stops/${stop.id}/sessions`,
    `/v1/sessions/${session.id}/reviews`,
    '/v1/companies',
    '/v1/audit?limit=200',
  ];
  return {
    stopId: stop.id,
    repeated: { ...repeated, answer: confirmed },
    questions: [
      ...forOrganizer.map((asked) => ({ path: asked, apiKey: system.organizerKey })),
      { path: '/v1/me', apiKey: staff },
      { path: '/v1/companies/me', apiKey: first.apiKey ?? '' },
      { path: `/v1/stops/${stop.id}/timetable` },
      { path: `/v1/stops/${stop.id}/availability` },
    ],
  };
}

/** What the system answers to each question: status, ETag and body. */
export async function answersOf(url: string, { questions }: ToldTour): Promise<Record<string, unknown>> {
  const answers: Record<string, unknown> = {};
  for (const { path, apiKey } of questions) {
    const client = apiKey ? new ApiClient(url, apiKey) : new ApiClient(url);
    const { status, headers, body } = await client.get(path);
    answers[path] = { status, etag: headers.get('etag'), body };
  }
  return answers;
}
