import { setTimeout as sleep } from 'node:timers/promises';
import {
  acceptMeeting,
  acceptPlan,
  createListing,
  getMeetingRules,
  getPlan,
  listListings,
  listMeetings,
  requestMeeting,
  setMeetingRules,
  startMeetingPlan,
  suggestPartners,
  type Meeting,
  type MeetingPlan,
  type Stop,
} from '#contracts';
import { both, plural, type ConsoleReport } from './console-report.js';
import { clockOf } from './dates.js';
import type { Registration } from './delegation-desk.js';
import type { PublicApi } from './public-api.js';
import { registrationsOf } from './register-delegations.js';
import type { Companies } from './sign-up-companies.js';

const companiesCount = 60;
/** Each company that needs something asks so many of those that offer it. */
const requestsOfEach = 3;
const slotMinutes = 20;
const breakMinutes = 10;
const tables = 12;
/** Few: the demo is to be short, and the plan of a stop like this is all but the best one soon. */
const effort = { seed: 1, steps: 300_000, seconds: 5 };
const planWithinMs = 60_000;
const lookEveryMs = 250;
/** A handful at once, as companies would come. */
const maxInFlight = 8;

/** What is offered and needed in turn, so that neighbours fit each other. */
const subjects = [
  { zh: '方言语音', en: 'dialect speech', concepts: ['modality.speech'] },
  { zh: '工业图像', en: 'industrial images', concepts: ['modality.image'] },
  { zh: '医疗文本', en: 'medical texts', concepts: ['modality.text'] },
  { zh: '激光点云', en: 'point clouds', concepts: ['modality.point_cloud'] },
  { zh: '监控视频', en: 'footage', concepts: ['modality.video'] },
] as const;

/** A company of the example that comes to the stop and whose key is known. */
interface Comer {
  readonly id: string;
  readonly apiKey: string;
  readonly delegateId: string;
}

/** Numbered companies publish, ask each other, are planned, and know when and where they meet. */
export async function matchCompanies(
  api: PublicApi,
  stop: Stop,
  companies: Companies,
  report: ConsoleReport,
): Promise<void> {
  report.heading('Companies find each other', '供需对接');
  const comers = comersOf(companies, await registrationsOf(api, stop)).slice(0, companiesCount);
  report.line(
    `${plural(await publishListings(api, stop, comers), 'offer and need', 'offers and needs')} published`,
  );
  await openMeetings(api, stop);
  await showSuggestions(api, stop, comers, report);
  const asked = await askAndAccept(api, stop, comers);
  report.line(`${plural(asked.length, 'meeting')} asked for and accepted`);
  if (asked.some(({ status }) => status === 'accepted')) await plan(api, stop, report);
  await showMeetings(api, stop, companies, report);
}

function comersOf(companies: Companies, registrations: readonly Registration[]): Comer[] {
  return [...companies].flatMap(([key, { id, apiKey }]) => {
    const own = registrations.find(({ companyId, status }) => companyId === id && status === 'confirmed');
    const [delegate] = own?.delegates ?? [];
    return apiKey === null || delegate === undefined || !/^\d+$/.test(key)
      ? []
      : [{ id, apiKey, delegateId: delegate.id }];
  });
}

/** @returns how many there are */
async function publishListings(api: PublicApi, stop: Stop, comers: readonly Comer[]): Promise<number> {
  const path = `/v1/tours/${stop.tourId}/listings`;
  const there = await api.all(listListings, path, api.organizerKey);
  const missing = comers
    .map((comer, at) => ({ comer, at }))
    .filter(({ comer }) => !there.some(({ companyId }) => companyId === comer.id));
  await inParts(missing, async ({ comer, at }) => {
    await api.must(createListing, 'POST', path, { key: comer.apiKey, body: listingOf(at) });
  });
  return there.length + missing.length;
}

function listingOf(at: number) {
  const side = isNeed(at) ? 'need' : 'offer';
  const { zh, en, concepts } = subjects[Math.floor(at / 2) % subjects.length] ?? subjects[0];
  return {
    side,
    title: isNeed(at)
      ? { zh: `寻找${zh}数据集`, en: `Looking for ${en}` }
      : { zh: `提供${zh}数据集`, en: `Data sets of ${en}` },
    text: { zh: `示例：${zh}，已标注，可商用`, en: `An example: ${en}, labelled, for commercial use` },
    concepts: ['kind.dataset', ...concepts],
    publish: true,
  };
}

const isNeed = (at: number) => at % 2 === 1;

async function openMeetings(api: PublicApi, stop: Stop): Promise<void> {
  const path = `/v1/stops/${stop.id}/meeting-rules`;
  if ((await api.call(getMeetingRules, 'GET', path)).refused === null) return;
  await api.must(setMeetingRules, 'PUT', path, {
    key: api.organizerKey,
    body: {
      scheduling: 'organizer',
      slots: { from: stop.startsAt, to: stop.endsAt, minutes: slotMinutes, breakMinutes },
      tables,
      opensAt: stop.registration.opensAt,
      closesAt: stop.endsAt,
    },
  });
}

async function showSuggestions(
  api: PublicApi,
  stop: Stop,
  comers: readonly Comer[],
  report: ConsoleReport,
): Promise<void> {
  const [, seeker] = comers;
  if (seeker === undefined) return;
  const path = `/v1/stops/${stop.id}/suggestions?limit=1`;
  const { items } = await api.must(suggestPartners, 'GET', path, { key: seeker.apiKey });
  for (const { company, score, parts } of items)
    report.line(
      `suggested to a company that needs data: ${both(company.name)}, ${score} points (${parts
        .map(({ part, points }) => `${part} ${points}`)
        .join(', ')})`,
    );
}

/** Whoever needs something asks those beside it that offer; all say yes, and who comes for them. */
async function askAndAccept(api: PublicApi, stop: Stop, comers: readonly Comer[]): Promise<Meeting[]> {
  const path = `/v1/stops/${stop.id}/meetings`;
  const there = await api.all(listMeetings, path, api.organizerKey);
  if (there.length > 0) return there;
  const pairs = comers.flatMap((asker, at) =>
    isNeed(at)
      ? Array.from({ length: requestsOfEach }, (_, step) => ({
          asker,
          asked: comers[(at + 1 + 2 * step) % comers.length],
        }))
      : [],
  );
  await inParts(pairs, async ({ asker, asked }) => {
    if (asked === undefined || asked.id === asker.id) return;
    const body = { companyId: asked.id };
    const { id } = await api.must(requestMeeting, 'POST', path, { key: asker.apiKey, body });
    const consent = { textVersion: 'example' };
    await api.must(acceptMeeting, 'POST', `/v1/meetings/${id}/accept`, {
      key: asked.apiKey,
      body: { delegateId: asked.delegateId, consent },
    });
  });
  return api.all(listMeetings, path, api.organizerKey);
}

async function plan(api: PublicApi, stop: Stop, report: ConsoleReport): Promise<void> {
  const key = api.organizerKey;
  const { id } = await api.must(startMeetingPlan, 'POST', `/v1/stops/${stop.id}/meeting-plans`, {
    key,
    body: effort,
  });
  const made = await computed(api, id);
  report.line(
    `planned: ${made.items.length} have a place, ${made.unplaced.length} have none; worth ${made.value ?? 0} of at most ${made.bound ?? 0}`,
  );
  await api.must(acceptPlan, 'POST', `/v1/plans/${id}/accept`, { key, body: {} });
  report.line('the organizer accepts the plan');
}

async function computed(api: PublicApi, id: string): Promise<MeetingPlan> {
  const deadline = Date.now() + planWithinMs;
  for (;;) {
    const made = await api.must(getPlan, 'GET', `/v1/plans/${id}`, { key: api.organizerKey });
    if (made.status !== 'computing' || Date.now() > deadline) return made;
    await sleep(lookEveryMs);
  }
}

/** The first of each day's meetings; who came is recorded at the tables, from the start of each meeting on. */
async function showMeetings(
  api: PublicApi,
  stop: Stop,
  companies: Companies,
  report: ConsoleReport,
): Promise<void> {
  const meetings = await api.all(listMeetings, `/v1/stops/${stop.id}/meetings`, api.organizerKey);
  const placed = meetings
    .flatMap((one) => (one.startsAt === null ? [] : [{ ...one, startsAt: one.startsAt }]))
    .toSorted((a, b) => a.startsAt.localeCompare(b.startsAt) || (a.tableNo ?? 0) - (b.tableNo ?? 0));
  const names = new Map([...companies.values()].map(({ id, example }) => [id, both(example.name)]));
  for (const { startsAt, tableNo, askerId, askedId } of placed.slice(0, 3))
    report.line(
      `${clockOf(startsAt, stop.timeZone)} at table ${tableNo}: ${names.get(askerId) ?? askerId} meets ${names.get(askedId) ?? askedId}`,
    );
  if (placed.length > 3) report.line(`… and ${placed.length - 3} more; who came is recorded at the tables`);
}

async function inParts<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  for (let from = 0; from < items.length; from += maxInFlight)
    await Promise.all(items.slice(from, from + maxInFlight).map(work));
}
