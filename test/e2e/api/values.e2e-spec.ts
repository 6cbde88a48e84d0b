import { beforeAll, describe, expect, it } from '@jest/globals';
import { ApiClient, aStop, delegates, must, publishedStop, signUpCompany } from '../../support/client.js';
import { sharedSystem } from '../../support/shared-system.js';

let anyone: ApiClient;
let organizer: ApiClient;

beforeAll(async () => {
  const system = await sharedSystem();
  anyone = new ApiClient(system.url);
  organizer = anyone.with(system.organizerKey);
}, 300_000);

describe('what users write', () => {
  it('is kept in one form: zones, instants, addresses, numbers', async () => {
    const tour = await must(organizer.post('/v1/tours', { name: { zh: '生态行' } }));
    const stop = await must(
      organizer.post(`/v1/tours/${tour.id}/stops`, {
        ...aStop(),
        timeZone: 'asia/chongqing',
        startsAt: '2031-01-16t09:00:00+08:00',
        endsAt: '2031-01-16T17:59:60z',
        registration: { opensAt: '2026-01-01T00:00:00Z', closesAt: '2031-01-16T00:00:00Z' },
      }),
    );
    expect([stop.timeZone, stop.startsAt, stop.endsAt]).toEqual([
      'Asia/Shanghai',
      '2031-01-16T01:00:00Z',
      '2031-01-16T18:00:00Z',
    ]);
    const { stopId, company } = await registered();
    const registration = await must(
      company.post(`/v1/stops/${stopId}/registrations`, {
        delegates: [
          { name: '张三', email: 'ZhangSan@例子.中国', mobile: '+86(0)13800138000' },
          { name: '李四', email: 'r&d@example.com', mobile: '028-8533 1234' },
        ],
      }),
    );
    expect(registration.delegates).toMatchObject([
      { email: 'zhangsan@xn--fsqu00a.xn--fiqs8s', mobile: '+8613800138000' },
      { email: 'r&d@example.com', mobile: '+862885331234' },
    ]);
  });

  it('is refused in words that are true and plain', async () => {
    const { company, stopId } = await registered();
    const answer = await company.post(`/v1/stops/${stopId}/registrations`, {
      delegates: [
        { name: '\u200b', email: 'a\u200b@example.com', mobile: '1380013800' },
        { name: 'a\u202eb', email: 'x@example-.com' },
      ],
    });
    expect([answer.status, answer.body.errors]).toEqual([
      422,
      [
        {
          pointer: '/delegates/0/name',
          message: 'must show at least one letter, digit or symbol; these characters are all invisible',
        },
        { pointer: '/delegates/0/email', message: 'must not contain the invisible character U+200B' },
        {
          pointer: '/delegates/0/mobile',
          message:
            'must begin with + and the country code, unless it is a Chinese mobile number or a landline with its area code',
        },
        {
          pointer: '/delegates/1/name',
          message: 'must not contain U+202E, which turns the direction of the text round',
        },
        {
          pointer: '/delegates/1/email',
          message: 'must have a domain name such as example.com after the "@"',
        },
      ],
    ]);
  });

  it.each([
    ['limit=201', 'limit', 'must be at most 200'],
    ['limit=0', 'limit', 'must be at least 1'],
    ['limit=1.5', 'limit', 'must be a whole number from 1 to 200'],
    ['limit=5&limit=6', 'limit', 'must be given once'],
    ['page=2', 'page', 'is not a known parameter'],
  ])('in the query %s names it and says what is wrong', async (query, parameter, message) => {
    const { status, body } = await anyone.get(`/v1/tours?${query}`);
    expect([status, body.errors]).toEqual([422, [{ parameter, message }]]);
  });

  it.each([
    ['CST', '/timeZone'],
    ['Etc/GMT-8', '/timeZone'],
  ])('is not guessed: the zone %s', async (timeZone, pointer) => {
    const tour = await must(organizer.post('/v1/tours', { name: { zh: '生态行' } }));
    const answer = await organizer.post(`/v1/tours/${tour.id}/stops`, { ...aStop(), timeZone });
    expect([answer.status, answer.body.errors]).toMatchObject([422, [{ pointer }]]);
  });

  it('of two dates is not taken where they are centuries apart', async () => {
    const tour = await must(organizer.post('/v1/tours', { name: { zh: '生态行' } }));
    for (const endsAt of ['9998-01-16T09:00:00Z', '2190-01-16T09:00:00Z']) {
      const answer = await organizer.post(`/v1/tours/${tour.id}/stops`, { ...aStop(), endsAt });
      expect([answer.status, answer.body.errors]).toMatchObject([422, [{ pointer: '/endsAt' }]]);
    }
  });
});

describe('a filter by state', () => {
  it('takes several, in lists and exports', async () => {
    const { company, stopId } = await registered();
    await must(company.post(`/v1/stops/${stopId}/registrations`, { delegates: delegates(1) }));
    const found = async (status: string) =>
      (await must(organizer.get(`/v1/stops/${stopId}/registrations?status=${status}`))).items.length;
    expect([await found('confirmed,pending'), await found('pending,declined')]).toEqual([1, 0]);
    const refused = await organizer.get(`/v1/stops/${stopId}/registrations?status=confirmed,unknown`);
    expect([refused.status, refused.body.errors[0].parameter]).toEqual([422, 'status']);
    const { tourId } = await must(organizer.get(`/v1/stops/${stopId}`));
    const { id: webhookId } = await must(
      organizer.post('/v1/webhooks', { url: 'http://127.0.0.1:9/hook', types: ['stop.*'] }),
    );
    for (const [list, filter, states] of [
      [`/v1/stops/${stopId}/sessions`, 'status', 'accepted,scheduled'],
      [`/v1/stops/${stopId}/meetings`, 'status', 'requested,unplaced'],
      [`/v1/stops/${stopId}/meetings.csv`, 'status', 'requested,unplaced'],
      [`/v1/stops/${stopId}/registrations.csv`, 'status', 'confirmed,waitlisted'],
      [`/v1/stops/${stopId}/mails`, 'state', 'sent,failed'],
      [`/v1/webhooks/${webhookId}/deliveries`, 'state', 'delivered,waiting'],
      [`/v1/tours/${tourId}/listings`, 'state', 'published,paused'],
      ['/v1/companies', 'status', 'verified,unverified'],
      ['/v1/follow-ups', 'stage', 'open,talking'],
    ]) {
      const taken = await organizer.get(`${list}?${filter}=${states}`);
      expect([list, taken.status]).toEqual([list, 200]);
      const other = await organizer.get(`${list}?${filter}=${states},none`);
      expect([list, other.status, other.body.errors?.[0]?.parameter]).toEqual([list, 422, filter]);
    }
    await must(organizer.delete(`/v1/webhooks/${webhookId}`));
  });
});

async function registered(): Promise<{ stopId: string; company: ApiClient }> {
  const stop = await publishedStop(organizer);
  const { api } = await signUpCompany(anyone);
  return { stopId: stop.id, company: api };
}
