import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { aSession, aStop, delegates, inDays, must, signUpCompany } from '../support/client.js';
import { preparePublicTour, type Scenario } from './scenario.js';

export type Visitor = 'nobody' | 'organizer' | 'company';

/** Something of everything, so that no screen is empty. */
export interface FullTour extends Scenario {
  readonly companyKey: string;
  readonly laterStopId: string;
  readonly registrationId: string;
  readonly proposalId: string;
  readonly listingId: string;
}

/** A route of the application, who sees it, and an address of it. */
export interface ScreenOf {
  readonly route: string;
  readonly visitor: Visitor;
  readonly address: string;
}

const routes = join(import.meta.dirname, '../../apps/web/client/app/routes');

/** Every path that the application's router knows. */
export function routesOfTheApplication(): string[] {
  const files = globSync(join(routes, '*.routes.ts'));
  const paths = files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/\bpath: '([^']+)'/g)]);
  return paths.map(([, path = '']) => path).sort();
}

type Ids = Readonly<Record<string, (tour: FullTour) => string>>;

const ids: Ids = {
  $tourId: ({ tourId }) => tourId,
  $stopId: ({ stopId }) => stopId,
  $sessionId: ({ sessionId }) => sessionId,
};

/** What `$id` is, where a route has it. */
const idOf: Readonly<Record<string, (tour: FullTour) => string>> = {
  '/company/registrations/$id': ({ registrationId }) => registrationId,
  '/company/registrations/$id/badges': ({ registrationId }) => registrationId,
  '/company/sessions/$id': ({ proposalId }) => proposalId,
  '/company/listings/$id': ({ listingId }) => listingId,
};

/** Routes that show another stop than the others do: one for which the company has not registered yet. */
const ofLaterStop = new Set(['/company/stops/$stopId/register']);

/** An address of every screen, made from the router, so that a new screen is looked at as soon as it is there. */
export function everyScreen(tour: FullTour): ScreenOf[] {
  return routesOfTheApplication().map((route) => ({
    route,
    visitor: visitorOf(route),
    address: route.replace(/\$\w+/g, (name) => valueOf(route, name)(tour)),
  }));
}

function valueOf(route: string, name: string): (tour: FullTour) => string {
  if (name === '$stopId' && ofLaterStop.has(route)) return ({ laterStopId }) => laterStopId;
  const value = name === '$id' ? idOf[route] : ids[name];
  if (value === undefined) throw new Error(`Say in every-screen.ts what ${name} is in ${route}.`);
  return value;
}

function visitorOf(route: string): Visitor {
  if (route.startsWith('/console') || route === '/account') return 'organizer';
  return route.startsWith('/company') ? 'company' : 'nobody';
}

export async function prepareFullTour(): Promise<FullTour> {
  const scenario = await preparePublicTour();
  const { organizer, tourId, stopId } = scenario;
  const { startsAt, endsAt } = await must(organizer.get(`/v1/stops/${stopId}`));
  const rules = {
    scheduling: 'organizer',
    slots: { from: startsAt, to: endsAt, minutes: 30 },
    tables: 2,
    opensAt: inDays(-1),
    closesAt: startsAt,
  };
  await must(organizer.put(`/v1/stops/${stopId}/meeting-rules`, rules));
  const later = aStop({ name: { zh: '后一站', en: 'Later' }, startsAt: inDays(70), endsAt: inDays(71) });
  const laterStop = await must(organizer.post(`/v1/tours/${tourId}/stops`, later));
  await must(organizer.post(`/v1/stops/${laterStop.id}/publish`));
  await must(organizer.post(`/v1/stops/${stopId}/door-passes`, { label: '东门' }));
  await must(
    organizer.post(`/v1/stops/${stopId}/announcements`, {
      audience: { registrations: ['confirmed'] },
      subject: { zh: '明天见' },
      text: { zh: '请带入场码。' },
    }),
  );
  return { ...scenario, laterStopId: laterStop.id, ...(await prepareCompany(scenario)) };
}

/** A company with a registration, another one that waits, a proposal, an offer, and a meeting that it asked for. */
async function prepareCompany({ organizer, tourId, stopId }: Scenario) {
  const [{ api }, other] = [await signUpCompany(organizer), await signUpCompany(organizer)];
  const registrations = `/v1/stops/${stopId}/registrations`;
  const registration = await must(api.post(registrations, { delegates: delegates(3) }));
  await must(other.api.post(registrations, { delegates: delegates(2) }));
  const waiting = await signUpCompany(organizer);
  await must(waiting.api.post(registrations, { delegates: delegates(6) }));
  const proposal = await must(
    api.post(`/v1/stops/${stopId}/sessions`, aSession({ title: { zh: '我们的数据集', en: 'Our data set' } })),
  );
  const listing = await must(
    api.post(`/v1/tours/${tourId}/listings`, {
      side: 'offer',
      title: { zh: '方言语音数据集', en: 'Dialect speech' },
      text: { zh: '五千小时川渝话录音，已标注，可以商谈授权。' },
      concepts: ['kind.dataset', 'modality.speech', 'task.speech_recognition'],
      publish: true,
    }),
  );
  await must(api.post(`/v1/stops/${stopId}/meetings`, { companyId: other.id }));
  return {
    companyKey: api.apiKey ?? '',
    registrationId: registration.id as string,
    proposalId: proposal.id as string,
    listingId: listing.id as string,
  };
}
