import { beforeAll, describe, expect, it } from '@jest/globals';
import { extractText, getDocumentProxy } from 'unpdf';
import { soon } from '#service/testing/patience';
import {
  ApiClient,
  delegates,
  must,
  publishedStop,
  signUpCompany,
  type Answer,
  type SignedUp,
} from '../../support/client.js';
import { playOutcomes, playStop, type ClosedLoop } from '../../support/closed-loop.js';
import { readExports, recount } from '../../support/recount.js';
import { sharedSystem } from '../../support/shared-system.js';

let url: string;
let anyone: ApiClient;
let organizer: ApiClient;
let stop: Answer['body'];
let seller: SignedUp;
let buyer: SignedUp;

beforeAll(async () => {
  const system = await sharedSystem();
  url = system.url;
  anyone = new ApiClient(url);
  organizer = anyone.with(system.organizerKey);
  stop = await publishedStop(organizer);
  [seller, buyer] = [await signUpCompany(anyone), await signUpCompany(anyone)];
  for (const { api } of [seller, buyer])
    await must(api.post(`/v1/stops/${stop.id}/registrations`, { delegates: delegates(1) }));
}, 300_000);

async function announcedBatch(): Promise<Answer['body']> {
  const body = { alliance: { zh: '数据标注产业联盟' }, series: `E2E ${stop.id}`, stopId: stop.id };
  const batch = await must(organizer.post(`/v1/tours/${stop.tourId}/membership-batches`, body));
  const member = { name: { zh: '示例企业' }, category: '会员单位' };
  await must(organizer.post(`/v1/membership-batches/${batch.id}/members`, member));
  return must(organizer.post(`/v1/membership-batches/${batch.id}/announce`));
}

async function textOf(path: string, client: ApiClient): Promise<string> {
  const response = await fetch(`${url}${path}`, {
    headers: { authorization: `Bearer ${client.apiKey ?? ''}` },
  });
  expect(response.headers.get('content-type')).toBe('application/pdf');
  const proxy = await getDocumentProxy(new Uint8Array(await response.arrayBuffer()));
  return (await extractText(proxy, { mergePages: true })).text;
}

describe('the ledger over HTTP', () => {
  it('is public once announced, and its codes are checked by anybody', async () => {
    const batch = await announcedBatch();
    expect((await anyone.get(`/v1/membership-batches/${batch.id}`)).body).toEqual(batch);
    const { code } = batch.members[0];
    const known = await anyone.get(`/v1/verify/${encodeURIComponent(code)}`);
    expect(known.body).toMatchObject({ valid: true, kind: 'membership', number: 1, status: 'valid' });
    const unknown = await anyone.get('/v1/verify/00000-00000-00000-00000-0');
    expect(unknown.body).toEqual({ valid: false });
    const malformed = await anyone.get(`/v1/verify/${'x'.repeat(2_000)}`);
    expect(malformed.body).toEqual({ valid: false });
    const names = ({ headers }: Answer) => [...headers.keys()].toSorted();
    expect(names(malformed)).toEqual(names(unknown));
    expect(names(known)).toEqual(names(unknown));
    expect(unknown.headers.get('access-control-allow-origin')).toBe('*');
  });

  it('prints badges, plaques and a report', async () => {
    const batch = await announcedBatch();
    expect(await textOf(`/v1/membership-batches/${batch.id}/plaques.pdf`, organizer)).toContain('示例企业');
    const badges = await textOf(`/v1/stops/${stop.id}/badges.pdf?sheet=single`, seller.api);
    expect(badges.length).toBeGreaterThan(5);
    const sheet = await textOf(`/v1/membership-batches/${batch.id}/plaques.pdf?sheet=a4`, organizer);
    expect(sheet).toContain('示例企业');
    const report = await textOf(`/v1/stops/${stop.id}/report.pdf?lang=en`, organizer);
    expect(report).toContain('Companies confirmed');
    expect(report).toContain('Chengdu');
  });
});

describe('results over HTTP', () => {
  let loop: ClosedLoop;

  it('are what the exports say, counted anew, of each stop and of the tour', async () => {
    loop = await playStop(organizer);
    await playOutcomes(organizer, loop);
    const { tourId, stopIds } = loop;
    const whole = recount(await readExports(organizer, tourId, stopIds, null));
    const each = await Promise.all(
      stopIds.map(async (id) => ({ stopId: id, ...recount(await readExports(organizer, tourId, [id], id)) })),
    );
    expect(each[0]?.funnel.map(({ numerator }) => numerator)).toEqual([6, 5, 3, 8, 6, 4, 3, 2, 1, 1]);
    await soon(async () => {
      const statistics = await must(organizer.get(`/v1/tours/${tourId}/statistics`));
      expect(statistics).toEqual({ ...whole, stops: each });
    }, 20_000);
    for (const [at, id] of stopIds.entries()) {
      const { stopId: _stopId, ...expected } = each[at] ?? { stopId: id };
      expect(await must(organizer.get(`/v1/stops/${id}/results`))).toEqual(expected);
    }
    const csv = await fetch(`${url}/v1/tours/${tourId}/statistics.csv`, {
      headers: { authorization: `Bearer ${organizer.apiKey ?? ''}` },
    });
    const lines = [{ stopId: '', ...whole }, ...each].flatMap(({ stopId, funnel }) =>
      funnel.map((step) => `${stopId},${step.stage},${step.unit},${step.numerator},${step.denominator}`),
    );
    expect((await csv.text()).trimEnd().split('\r\n').slice(1)).toEqual(lines);
  }, 60_000);

  it('certify who came and who spoke, and the certificate names the tour beside the stop', async () => {
    const [stopId] = loop.stopIds;
    const [first] = loop.companies;
    if (first === undefined) throw new Error('There is no company.');
    expect(await must(organizer.post(`/v1/stops/${stopId}/certificates/issue`))).toEqual({ issued: 6 });
    const { items } = await must(first.api.get(`/v1/stops/${stopId}/certificates`));
    expect(items).toMatchObject([{ kind: 'attendance', status: 'valid' }]);
    const { certificates } = await must(first.api.get('/v1/companies/me/export'));
    expect(certificates).toEqual(items);
    const text = await textOf(`/v1/certificates/${items[0].id}.pdf`, first.api);
    expect(text.replace(/\s+/g, '')).toContain('参加“成果示例巡回·成都站”');
  });

  it('follow registrations, exact for the organizer alone', async () => {
    await soon(async () => {
      const { funnel } = await must(organizer.get(`/v1/stops/${stop.id}/results`));
      expect(funnel[0]).toEqual({ stage: 'registered', unit: 'companies', numerator: 2, denominator: 2 });
    });
    await soon(async () => {
      const { funnel } = await must(anyone.get(`/v1/stops/${stop.id}/results`));
      expect(funnel[0]).toEqual({
        stage: 'registered',
        unit: 'companies',
        numerator: '<5',
        denominator: '<5',
      });
    });
    const csv = await fetch(`${url}/v1/tours/${stop.tourId}/statistics.csv`);
    expect(await csv.text()).toMatch(/^stopId,stage,unit,numerator,denominator\r\n/);
  });

  it('count a follow-up that both sides confirm', async () => {
    const body = { companies: [seller.id, buyer.id], stopId: stop.id, subject: '方言语料试用' };
    const { id } = await must(seller.api.post('/v1/follow-ups', body));
    await must(seller.api.post(`/v1/follow-ups/${id}/steps`, { stage: 'trial' }));
    const own = await seller.api.post(`/v1/follow-ups/${id}/steps/1/confirm`);
    expect([own.status, own.body.code]).toEqual([409, 'outcome.own_step']);
    expect((await must(buyer.api.post(`/v1/follow-ups/${id}/steps/1/confirm`))).stage).toBe('trial');
    const { followUps } = await must(buyer.api.get('/v1/companies/me/export'));
    expect(followUps).toMatchObject([{ id, stage: 'trial' }]);
  });
});
