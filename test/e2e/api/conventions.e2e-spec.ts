import { beforeAll, describe, expect, it } from '@jest/globals';
import { soon } from '#service/testing/patience';
import {
  ApiClient,
  aStop,
  delegates,
  inDays,
  must,
  newUscc,
  publishedStop,
  signUpCompany,
} from '../../support/client.js';
import { sharedSystem, type SharedSystem } from '../../support/shared-system.js';

let system: SharedSystem;
let anyone: ApiClient;
let organizer: ApiClient;
let admin: ApiClient;

beforeAll(async () => {
  system = await sharedSystem();
  anyone = new ApiClient(system.url);
  organizer = anyone.with(system.organizerKey);
  admin = anyone.with(system.adminKey);
}, 300_000);

describe('problems', () => {
  it.each([
    ['an unknown path', 'GET', '/v1/nothing', undefined, {}, 404, 'resource.not_found'],
    ['a wrong method', 'DELETE', '/v1/tours', undefined, {}, 405, 'request.method_not_allowed'],
    ['broken JSON', 'POST', '/v1/companies', '{"name":', {}, 400, 'request.malformed'],
    [
      'another media type',
      'POST',
      '/v1/companies',
      'a=b',
      { 'content-type': 'text/plain' },
      415,
      'request.unsupported_media_type',
    ],
    [
      'a body over 1 MiB',
      'POST',
      '/v1/companies',
      `{"name":"${'x'.repeat(1_100_000)}"}`,
      {},
      413,
      'request.too_large',
    ],
    ['an id that is none', 'GET', '/v1/stops/42', undefined, {}, 404, 'resource.not_found'],
  ])('name %s', async (_what, method, path, body, headers, status, code) => {
    const answer = await anyone.send(method, path, body, headers as Record<string, string>);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.body).toMatchObject({
      status,
      code,
      title: expect.any(String),
      detail: expect.any(String),
    });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.body.requestId).toBe(answer.headers.get('x-request-id'));
  });

  it('point at every fault of a body', async () => {
    const answer = await anyone.post('/v1/companies', {
      name: {},
      uscc: '91350100M000100Y4Z',
      contact: { name: 'x', email: 'no address', mobile: '1' },
      colour: 'red',
    });
    expect(answer.status).toBe(422);
    const pointers = answer.body.errors.map((error: { pointer: string }) => error.pointer);
    expect(new Set(pointers)).toEqual(
      new Set(['/name', '/uscc', '/contact/email', '/contact/mobile', '/colour']),
    );
  });

  it('name a bad query parameter', async () => {
    const answer = await organizer.get('/v1/tours?limit=0');
    expect([answer.status, answer.body.errors[0].parameter]).toEqual([422, 'limit']);
    expect((await organizer.get('/v1/tours?cursor=nonsense')).body.errors[0].parameter).toBe('cursor');
  });

  it('refuse bad keys anywhere and missing rights', async () => {
    expect((await anyone.get('/v1/me')).body.code).toBe('auth.required');
    expect((await anyone.with('waystop_company_wrong').get('/v1/tours')).status).toBe(401);
    expect((await admin.post('/v1/tours', { name: { en: 'x' } })).body.code).toBe('auth.forbidden');
  });
});

describe('keys', () => {
  it('say who they are', async () => {
    expect((await organizer.get('/v1/me')).body).toMatchObject({
      role: 'organizer',
      organizationId: expect.any(String),
    });
    const company = await signUpCompany(anyone);
    expect((await company.api.get('/v1/me')).body).toMatchObject({ role: 'company', companyId: company.id });
  });

  it('are made, listed, and stop working with their end', async () => {
    const made = await must(organizer.post('/v1/api-keys', { label: 'second' }));
    const second = anyone.with(made.apiKey);
    expect((await second.get('/v1/me')).body.role).toBe('organizer');
    const { items } = await must(organizer.get('/v1/api-keys'));
    expect(items.map((key: { id: string }) => key.id)).toContain(made.id);
    expect(JSON.stringify(items)).not.toContain(made.apiKey);
    expect((await organizer.delete(`/v1/api-keys/${made.id}`)).status).toBe(204);
    await soon(async () => expect((await second.get('/v1/me')).status).toBe(401));
  });

  it('of the environment cannot be deleted', async () => {
    const holder = anyone.with(system.environmentKey);
    const { keyId } = (await holder.get('/v1/me')).body;
    expect((await holder.delete(`/v1/api-keys/${keyId}`)).body.code).toBe('key.from_environment');
  });

  it('of another organization are not there', async () => {
    const { apiKey } = await must(admin.post('/v1/organizations', { name: { en: 'Second organizer' } }));
    const other = anyone.with(apiKey);
    const made = await must(organizer.post('/v1/api-keys', { label: 'mine' }));
    expect((await other.delete(`/v1/api-keys/${made.id}`)).status).toBe(404);
  });
});

describe('idempotency', () => {
  it('gives one effect and one answer to 20 identical requests at once', async () => {
    const draft = {
      name: { en: 'Example Company 001' },
      uscc: newUscc(),
      contact: { name: 'A', email: 'a@example.com' },
    };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        anyone.post('/v1/companies', draft, { 'idempotency-key': draft.uscc }),
      ),
    );
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([201]));
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
    const fresh = answers.filter((answer) => answer.headers.get('idempotency-replayed') === null);
    expect(fresh).toHaveLength(1);
    expect((await anyone.with(answers[7]?.body.apiKey).get('/v1/me')).body.companyId).toBe(
      answers[0]?.body.company.id,
    );
  });

  it('refuses a key that belongs to another request, and keeps no refusals', async () => {
    const headers = { 'idempotency-key': 'tour-1' };
    const first = await organizer.post('/v1/tours', { name: { en: 'A' } }, headers);
    const again = await organizer.post('/v1/tours', { name: { en: 'A' } }, headers);
    expect([again.body, again.headers.get('idempotency-replayed')]).toEqual([first.body, 'true']);
    const other = await organizer.post('/v1/tours', { name: { en: 'B' } }, headers);
    expect(other.body.code).toBe('idempotency.key_reused');
    expect((await organizer.post('/v1/tours', {}, { 'idempotency-key': 'tour-2' })).status).toBe(422);
    expect(
      (await organizer.post('/v1/tours', { name: { en: 'C' } }, { 'idempotency-key': 'tour-2' })).status,
    ).toBe(201);
  });
});

describe('versions', () => {
  it('refuse a stale If-Match and change nothing', async () => {
    const made = await organizer.post('/v1/tours', { name: { zh: '甲', en: 'A' } });
    const path = `/v1/tours/${made.body.id}`;
    const etag = made.headers.get('etag') ?? '';
    const changed = await organizer.patch(path, { name: { en: 'B' } }, { 'if-match': etag });
    expect(changed.body).toMatchObject({ name: { zh: '甲', en: 'B' }, version: 2 });
    const stale = await organizer.patch(path, { name: { en: 'C' } }, { 'if-match': etag });
    expect([stale.status, stale.body.code]).toEqual([412, 'precondition.failed']);
    expect((await organizer.get(path)).body.name.en).toBe('B');
  });

  it('give 304 where the caller has the newest already', async () => {
    const stop = await publishedStop(organizer);
    const read = await anyone.get(`/v1/stops/${stop.id}`);
    const etag = read.headers.get('etag') ?? '';
    expect((await anyone.get(`/v1/stops/${stop.id}`, { 'if-none-match': etag })).status).toBe(304);
    await must(organizer.patch(`/v1/stops/${stop.id}`, { capacity: 11 }));
    const newer = await anyone.get(`/v1/stops/${stop.id}`, { 'if-none-match': etag });
    expect([newer.status, newer.body.capacity]).toEqual([200, 11]);
  });
});

describe('lists', () => {
  it('come in pages, oldest first, each item once', async () => {
    const { apiKey } = await must(admin.post('/v1/organizations', { name: { en: 'Lists' } }));
    const lister = anyone.with(apiKey);
    const names = ['a', 'b', 'c', 'd', 'e'];
    for (const en of names) await must(lister.post('/v1/tours', { name: { en } }));
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { items: { name: { en: string } }[]; nextCursor: string | null } = await must(
        lister.get(`/v1/tours?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`),
      );
      seen.push(...page.items.map((tour) => tour.name.en));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(names);
  });
});

describe('what users read across services', () => {
  it('agrees the moment an organizer has the answer', async () => {
    for (let round = 0; round < 5; round += 1) {
      const stop = await publishedStop(organizer);
      const company = await signUpCompany(anyone);
      await must(company.api.post(`/v1/stops/${stop.id}/registrations`, { delegates: delegates(1) }));
      const second = await signUpCompany(anyone);
      await must(organizer.post(`/v1/companies/${second.id}/suspend`));
      const refused = await second.api.post(`/v1/stops/${stop.id}/registrations`, {
        delegates: delegates(1),
      });
      expect(refused.body.code).toBe('company.suspended');
    }
  });

  it('hides drafts', async () => {
    const tour = await must(organizer.post('/v1/tours', { name: { en: 'Hidden' } }));
    const stop = await must(organizer.post(`/v1/tours/${tour.id}/stops`, aStop()));
    expect((await anyone.get(`/v1/tours/${tour.id}`)).status).toBe(404);
    expect((await anyone.get(`/v1/stops/${stop.id}`)).status).toBe(404);
    await must(organizer.post(`/v1/stops/${stop.id}/publish`));
    expect((await anyone.get(`/v1/stops/${stop.id}`)).body).toMatchObject({
      sequence: 1,
      registrationState: 'open',
    });
    expect((await organizer.patch(`/v1/stops/${stop.id}`, { startsAt: inDays(31) })).body.code).toBe(
      'stop.use_reschedule',
    );
  });
});

describe('the system', () => {
  it('tells its health and describes itself', async () => {
    expect((await anyone.get('/health/live')).status).toBe(200);
    expect((await anyone.get('/health/ready')).status).toBe(200);
    expect((await anyone.get('/metrics')).status).toBe(404);
    const document = await must(anyone.get('/openapi.json'));
    expect(document.openapi).toMatch(/^3\.1/);
    expect((await anyone.get('/docs')).headers.get('content-type')).toMatch(/html/);
  });
});
