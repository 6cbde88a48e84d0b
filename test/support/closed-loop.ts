import { ApiClient, aSession, delegates, inDays, must, signUpCompany, type SignedUp } from './client.js';

export interface ClosedLoop {
  readonly tourId: string;
  /** One that has begun, and one that comes later. */
  readonly stopIds: readonly [string, string];
  readonly companies: readonly SignedUp[];
  /** Those that were held. */
  readonly meetings: readonly { readonly id: string; readonly asker: SignedUp; readonly asked: SignedUp }[];
}

const consent = { textVersion: '2026-11' };
/** Who asks whom; how far each request gets. */
const requests = [
  [0, 1, 'held'],
  [0, 2, 'held'],
  [1, 2, 'held'],
  [3, 4, 'missed'],
  [1, 3, 'cancelled'],
  [2, 4, 'accepted'],
  [0, 5, 'requested'],
  [4, 5, 'declined'],
] as const;

/** A tour whose first stop has begun: companies that come or not, offers, meetings that get further or not, a talk. */
export async function playStop(organizer: ApiClient): Promise<ClosedLoop> {
  const tour = await must(organizer.post('/v1/tours', { name: { zh: '成果示例巡回' } }));
  const stops = [await begunStop(organizer, tour.id), await laterStop(organizer, tour.id)] as const;
  const companies: SignedUp[] = [];
  for (let at = 0; at < 6; at += 1) companies.push(await signUpCompany(organizer));
  for (const [at, company] of companies.entries()) await comeTo(organizer, stops, company, at);
  const concepts = await twoConcepts(organizer);
  const listing = { side: 'offer', title: { zh: '语音数据集' }, text: { zh: '方言语音' }, concepts };
  for (const [at, { api }] of companies.slice(0, 4).entries())
    await must(api.post(`/v1/tours/${tour.id}/listings`, { ...listing, publish: at < 3 }));
  await addTalk(organizer, stops[0]);
  const meetings = await meet(organizer, stops[0].id, companies);
  return { tourId: tour.id, stopIds: [stops[0].id, stops[1].id], companies, meetings };
}

interface PublishedStop {
  readonly id: string;
  readonly rooms: readonly { readonly id: string }[];
}

const about = {
  city: { code: '510100' },
  venue: { name: { zh: '会议中心' } },
  timeZone: 'Asia/Shanghai',
  capacity: 100,
  rooms: [{ name: { zh: '主会场' }, seats: 50 }],
};

function begunStop(organizer: ApiClient, tourId: string): Promise<PublishedStop> {
  const times = { startsAt: inDays(0, -6), endsAt: inDays(1) };
  const registration = { opensAt: inDays(-2), closesAt: inDays(0, 20) };
  return published(organizer, tourId, { ...about, name: { zh: '成都站' }, ...times, registration });
}

function laterStop(organizer: ApiClient, tourId: string): Promise<PublishedStop> {
  const times = { startsAt: inDays(40), endsAt: inDays(40, 9) };
  const registration = { opensAt: inDays(-2), closesAt: inDays(39) };
  return published(organizer, tourId, { ...about, name: { zh: '杭州站' }, ...times, registration });
}

async function published(organizer: ApiClient, tourId: string, draft: object): Promise<PublishedStop> {
  const { id } = await must(organizer.post(`/v1/tours/${tourId}/stops`, draft));
  return must(organizer.post(`/v1/stops/${id}/publish`));
}

/** All register and all but one come; the last cancels, and comes again to the later stop. */
async function comeTo(
  organizer: ApiClient,
  [now, later]: readonly [PublishedStop, PublishedStop],
  { api }: SignedUp,
  at: number,
): Promise<void> {
  const made = await must(api.post(`/v1/stops/${now.id}/registrations`, { delegates: delegates(2) }));
  const [first] = made.delegates as { id: string }[];
  if (at < 5)
    await must(organizer.post(`/v1/stops/${now.id}/check-ins`, { delegateId: first?.id, at: inDays(0, -5) }));
  if (at % 2 === 1) await must(api.post(`/v1/stops/${later.id}/registrations`, { delegates: delegates(1) }));
}

async function twoConcepts(organizer: ApiClient): Promise<string[]> {
  const { lists } = await must(organizer.get('/v1/vocabulary'));
  const known = lists as { id: string; concepts: { id: string }[] }[];
  return ['kind', 'modality'].map((list) => known.find(({ id }) => id === list)?.concepts[0]?.id ?? '');
}

async function addTalk(organizer: ApiClient, { id, rooms }: PublishedStop): Promise<void> {
  const session = await must(organizer.post(`/v1/stops/${id}/sessions`, aSession()));
  const place = { roomId: rooms[0]?.id, startsAt: inDays(0, 22) };
  await must(organizer.post(`/v1/sessions/${session.id}/schedule`, place));
}

async function meet(organizer: ApiClient, stopId: string, companies: readonly SignedUp[]) {
  const starts = Array.from({ length: 6 }, (_, at) => inDays(0, at - 6));
  const rules = { scheduling: 'organizer', slots: { minutes: 20, starts }, tables: 5 };
  const window = { opensAt: inDays(-2), closesAt: inDays(0, 20) };
  await must(organizer.put(`/v1/stops/${stopId}/meeting-rules`, { ...rules, ...window }));
  const held: { id: string; asker: SignedUp; asked: SignedUp }[] = [];
  for (const [at, [from, to, end]] of requests.entries()) {
    const [asker, asked] = [companies[from], companies[to]];
    if (asker === undefined || asked === undefined) continue;
    const { id } = await must(asker.api.post(`/v1/stops/${stopId}/meetings`, { companyId: asked.id }));
    await bring(organizer, stopId, asked, id, end, starts[at] ?? '');
    if (end === 'held') held.push({ id, asker, asked });
  }
  return held;
}

async function bring(
  organizer: ApiClient,
  stopId: string,
  asked: SignedUp,
  id: string,
  end: (typeof requests)[number][2],
  startsAt: string,
): Promise<void> {
  if (end === 'requested') return;
  if (end === 'declined') return void (await must(asked.api.post(`/v1/meetings/${id}/decline`, {})));
  const { items } = await must(asked.api.get(`/v1/stops/${stopId}/registrations`));
  const delegateId = items[0].delegates[0].id as string;
  await must(asked.api.post(`/v1/meetings/${id}/accept`, { delegateId, consent }));
  if (end === 'cancelled') await must(organizer.post(`/v1/meetings/${id}/cancel`, {}));
  if (end !== 'held' && end !== 'missed') return;
  await must(organizer.post(`/v1/meetings/${id}/schedule`, { startsAt }));
  const said = end === 'held' ? { held: true } : { missed: 'asked' };
  await must(organizer.post(`/v1/meetings/${id}/attendance`, said));
}

/** One follow-up becomes an agreement, one waits; a batch, a correction, a case and a paper are announced. */
export async function playOutcomes(
  organizer: ApiClient,
  { tourId, stopIds: [stopId], meetings }: ClosedLoop,
): Promise<void> {
  for (const [at, { id: meetingId, asker, asked }] of meetings.entries()) {
    const { id } = await must(asker.api.post('/v1/follow-ups', { meetingId, stopId, subject: '试用' }));
    await must(asker.api.post(`/v1/follow-ups/${id}/steps`, { stage: at === 0 ? 'agreed' : 'talking' }));
    if (at < 2) await must(asked.api.post(`/v1/follow-ups/${id}/steps/1/confirm`));
  }
  const series = `LOOP ${tourId}`;
  const first = await announced(organizer, tourId, { alliance: { zh: '联盟' }, series, stopId }, [
    null,
    null,
  ]);
  await announced(organizer, tourId, { alliance: { zh: '联盟' }, series }, [first[0]?.id ?? null]);
  const title = { zh: '示例' };
  const companyIds = meetings.slice(0, 1).map(({ asker }) => asker.id);
  const draft = { title, field: '医疗', companyIds, summary: title, stopId };
  const { id: caseId } = await must(organizer.post(`/v1/tours/${tourId}/cases`, draft));
  await must(organizer.post(`/v1/cases/${caseId}/select`));
  await must(organizer.post(`/v1/cases/${caseId}/announce`));
  const paper = { title, authors: [], issuers: ['示例机构'], edition: '1' };
  const { id: paperId } = await must(organizer.post(`/v1/tours/${tourId}/papers`, paper));
  await must(organizer.post(`/v1/papers/${paperId}/announce`));
}

async function announced(
  organizer: ApiClient,
  tourId: string,
  draft: object,
  corrects: readonly (string | null)[],
): Promise<{ id: string }[]> {
  const { id } = await must(organizer.post(`/v1/tours/${tourId}/membership-batches`, draft));
  for (const [at, corrected] of corrects.entries())
    await must(
      organizer.post(`/v1/membership-batches/${id}/members`, {
        name: { zh: `示例成员 ${at}` },
        category: '会员单位',
        ...(corrected === null ? {} : { corrects: corrected }),
      }),
    );
  return (await must(organizer.post(`/v1/membership-batches/${id}/announce`))).members;
}
