import { setTimeout as sleep } from 'node:timers/promises';
import {
  addBatchMember,
  addFollowUpStep,
  announceCase,
  announceMembershipBatch,
  announcePaper,
  confirmFollowUpStep,
  createFollowUp,
  createMembershipBatch,
  createPaper,
  getStopResults,
  listCases,
  listFollowUps,
  listMembershipBatches,
  listPapers,
  nominateCase,
  selectCase,
  verifyCode,
  type FollowUp,
  type MembershipBatch,
  type Stop,
  type StopResults,
} from '#contracts';
import { plural, type ConsoleReport } from './console-report.js';
import type { Registration } from './delegation-desk.js';
import type { PublicApi } from './public-api.js';
import { registrationsOf } from './register-delegations.js';
import type { Companies, Company } from './sign-up-companies.js';

const series = 'ALLIANCE';
const membersInBatch = 12;
/** Two that the news names, which are no companies of the example: an entry can stand for a name alone. */
const namedByTheNews = [
  { zh: '海光信息', en: 'Hygon' },
  { zh: '中国移动', en: 'China Mobile' },
];
const casesCount = 15;
const followUpsCount = 3;
/** Figures may be 10 s behind. */
const maxDelayMs = 12_000;

/** What the stop led to: plaques, cases, a paper, follow-ups; then the funnel, once the figures have followed. */
export async function announceOutcomes(
  api: PublicApi,
  stop: Stop,
  companies: Companies,
  report: ConsoleReport,
): Promise<void> {
  report.heading('What the stop led to', '活动成果');
  const numbered = [...companies].filter(([key]) => /^\d+$/.test(key)).map(([, company]) => company);
  const batch = await announcedBatch(api, stop, numbered);
  const code = batch.members[0]?.code ?? '';
  const { valid } = await api.must(verifyCode, 'GET', `/v1/verify/${encodeURIComponent(code)}`);
  const names = batch.members.slice(0, namedByTheNews.length).map(({ name }) => name.zh);
  report.line(
    `${plural(batch.members.length, 'plaque')} announced (${names.join('、')} …); ${code} is ${valid ? 'valid' : 'not valid'}.`,
  );
  report.line(`${plural(await announceCases(api, stop, numbered), 'case')} and one paper announced.`);
  await announceThePaper(api, stop);
  const followUps = await followUp(api, stop, numbered);
  report.line(`${plural(followUps.length, 'follow-up')}: ${followUps.map(({ stage }) => stage).join(', ')}.`);
  report.line();
  report.line('Funnel / 漏斗');
  const { funnel, totals } = await settledResults(api, stop);
  report.table(
    ['stage', 'unit', 'number', 'of'],
    funnel.map(({ stage, unit, numerator, denominator }) => [
      stage,
      unit,
      String(numerator),
      String(denominator),
    ]),
  );
  report.line(
    Object.entries(totals)
      .map(([what, count]) => `${what} ${count}`)
      .join(', '),
  );
}

async function announcedBatch(
  api: PublicApi,
  stop: Stop,
  companies: readonly Company[],
): Promise<MembershipBatch> {
  const path = `/v1/tours/${stop.tourId}/membership-batches`;
  const key = api.organizerKey;
  const there = await api.all(listMembershipBatches, path, key);
  const found = there.find((one) => one.series === series && one.state === 'announced');
  if (found !== undefined) return found;
  const alliance = { zh: '示例联盟（第二批成员）', en: 'Example alliance (second batch)' };
  const { id } = await api.must(createMembershipBatch, 'POST', path, {
    key,
    body: { alliance, series, stopId: stop.id },
  });
  const numbered = companies.slice(0, membersInBatch - namedByTheNews.length);
  const members = [
    ...namedByTheNews.map((name) => ({ name })),
    ...numbered.map((one) => ({ companyId: one.id })),
  ];
  for (const member of members)
    await api.must(addBatchMember, 'POST', `/v1/membership-batches/${id}/members`, {
      key,
      body: { ...member, category: '会员单位' },
    });
  return api.must(announceMembershipBatch, 'POST', `/v1/membership-batches/${id}/announce`, { key });
}

async function announceCases(api: PublicApi, stop: Stop, companies: readonly Company[]): Promise<number> {
  const path = `/v1/tours/${stop.tourId}/cases`;
  const key = api.organizerKey;
  const there = await api.all(listCases, path, key);
  for (let at = there.length; at < casesCount; at += 1) {
    const number = String(at + 1).padStart(2, '0');
    const { id } = await api.must(nominateCase, 'POST', path, {
      key,
      body: {
        title: { zh: `示例案例 ${number}`, en: `Example case ${number}` },
        field: '示例领域',
        companyIds: companies.slice(at, at + 1).map((company) => company.id),
        summary: { zh: '以高质量数据集训练并评测的示例应用。', en: 'An example application.' },
        stopId: stop.id,
      },
    });
    await api.must(selectCase, 'POST', `/v1/cases/${id}/select`, { key });
    await api.must(announceCase, 'POST', `/v1/cases/${id}/announce`, { key });
  }
  return Math.max(there.length, casesCount);
}

async function announceThePaper(api: PublicApi, stop: Stop): Promise<void> {
  const path = `/v1/tours/${stop.tourId}/papers`;
  const key = api.organizerKey;
  if ((await api.all(listPapers, path, key)).length > 0) return;
  const { id } = await api.must(createPaper, 'POST', path, {
    key,
    body: {
      title: { zh: '示例白皮书：高质量数据集', en: 'Example paper: high-quality data sets' },
      authors: [],
      issuers: ['示例机构'],
      edition: '2026',
      stopId: stop.id,
    },
  });
  await api.must(announcePaper, 'POST', `/v1/papers/${id}/announce`, { key });
}

/** Pairs of numbered companies; the first goes on to a trial, which the other side confirms. */
async function followUp(api: PublicApi, stop: Stop, companies: readonly Company[]): Promise<FollowUp[]> {
  const key = api.organizerKey;
  const made = async () => {
    const all = await api.all(listFollowUps, '/v1/follow-ups', key);
    return all.filter((one) => one.stopId === stop.id);
  };
  const there = await made();
  if (there.length > 0) return there;
  for (let at = 0; at < followUpsCount; at += 1) {
    const [one, other] = companies.slice(2 * at, 2 * at + 2);
    if (one?.apiKey === null || other?.apiKey === null) continue;
    if (one === undefined || other === undefined) continue;
    const body = { companies: [one.id, other.id], stopId: stop.id, subject: `示例合作 ${at + 1}` };
    const { id } = await api.must(createFollowUp, 'POST', '/v1/follow-ups', { key: one.apiKey, body });
    if (at === followUpsCount - 1) continue;
    const stage = at === 0 ? 'trial' : 'talking';
    await api.must(addFollowUpStep, 'POST', `/v1/follow-ups/${id}/steps`, {
      key: one.apiKey,
      body: { stage },
    });
    await api.must(confirmFollowUpStep, 'POST', `/v1/follow-ups/${id}/steps/1/confirm`, {
      key: other.apiKey,
    });
  }
  return made();
}

async function settledResults(api: PublicApi, stop: Stop): Promise<StopResults> {
  const registrations: readonly Registration[] = await registrationsOf(api, stop);
  const confirmed = registrations.filter(({ status }) => status === 'confirmed').length;
  const deadline = Date.now() + maxDelayMs;
  for (;;) {
    const key = api.organizerKey;
    const results = await api.must(getStopResults, 'GET', `/v1/stops/${stop.id}/results`, { key });
    if (results.funnel[0]?.numerator === confirmed || Date.now() > deadline) return results;
    await sleep(250);
  }
}
