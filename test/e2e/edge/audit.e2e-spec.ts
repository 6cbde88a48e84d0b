import { beforeAll, describe, expect, it } from '@jest/globals';
import { ApiClient, aSession, delegates, must, publishedStop, signUpCompany } from '../../support/client.js';
import { sharedSystem, type SharedSystem } from '../../support/shared-system.js';

interface Line {
  id: string;
  at: string;
  actor: { role: string; keyId: string | null; userId: string | null };
  resourceType: string;
  resourceId: string;
  action: string;
  requestId: string;
}

let system: SharedSystem;
let organizer: ApiClient;
let admin: ApiClient;
let stranger: ApiClient;
let company: Awaited<ReturnType<typeof signUpCompany>>;
let stop: { id: string; tourId: string; rooms: { id: string }[]; startsAt: string };
let registration: { id: string; delegates: { badge: string }[] };
let session: { id: string };

beforeAll(async () => {
  system = await sharedSystem();
  const anyone = new ApiClient(system.url);
  organizer = anyone.with(system.organizerKey);
  admin = anyone.with(system.adminKey);
  stranger = anyone.with(
    (await must(admin.post('/v1/organizations', { name: { en: 'Second organizer' } }))).apiKey,
  );
  company = await signUpCompany(anyone, 42);
  await must(organizer.post(`/v1/companies/${company.id}/verify`));
  stop = await publishedStop(organizer);
  registration = await must(
    company.api.post(`/v1/stops/${stop.id}/registrations`, { delegates: delegates(1) }),
  );
  session = await must(organizer.post(`/v1/stops/${stop.id}/sessions`, aSession()));
  await must(
    organizer.post(`/v1/sessions/${session.id}/schedule`, {
      roomId: stop.rooms[0]?.id,
      startsAt: stop.startsAt,
    }),
  );
  await must(organizer.post(`/v1/stops/${stop.id}/timetable/releases`, { note: 'first' }));
}, 300_000);

const linesOf = async (api: ApiClient, query: string): Promise<Line[]> =>
  (await must(api.get(`/v1/audit${query}`))).items;
const actionsOf = async (api: ApiClient, type: string, id: string): Promise<string[]> =>
  (await linesOf(api, `?resourceType=${type}&resourceId=${id}`)).map(({ action }) => action);

describe('the audit', () => {
  it('tells what happened to each kind of resource, whichever service did it', async () => {
    expect(await actionsOf(organizer, 'company', company.id)).toEqual(['company.create', 'company.verify']);
    expect(await actionsOf(organizer, 'tour', stop.tourId)).toEqual(['tour.create']);
    expect(await actionsOf(organizer, 'stop', stop.id)).toEqual([
      'stop.create',
      'stop.publish',
      'stop.release_timetable',
    ]);
    expect(await actionsOf(organizer, 'registration', registration.id)).toEqual(['registration.create']);
    expect(await actionsOf(organizer, 'session', session.id)).toEqual(['session.add', 'session.schedule']);
  });

  it('says who, when and by which request', async () => {
    const { keyId } = await must(company.api.get('/v1/me'));
    const answer = await organizer.post('/v1/tours', { name: { en: 'A' } }, { 'x-request-id': 'look-me-up' });
    const [tour] = await linesOf(organizer, `?resourceType=tour&resourceId=${answer.body.id}`);
    expect(tour).toMatchObject({ requestId: 'look-me-up', before: null, actor: { role: 'organizer' } });
    expect(Math.abs(Date.now() - Date.parse(tour?.at ?? ''))).toBeLessThan(600_000);
    const [made] = await linesOf(organizer, `?resourceType=registration&resourceId=${registration.id}`);
    expect(made?.actor).toEqual({ role: 'company', keyId, userId: null });
  });

  it('comes in pages over all services, each line once and in order', async () => {
    const inPages = async (limit: number, sort = ''): Promise<Line[]> => {
      const lines: Line[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const page: { items: Line[]; nextCursor: string | null } = await must(
          organizer.get(`/v1/audit?limit=${limit}${sort}${cursor && `&cursor=${cursor}`}`),
        );
        lines.push(...page.items);
        cursor = page.nextCursor;
      }
      return lines;
    };
    const [inLargePages, inSmallPages] = [await inPages(200), await inPages(7)];
    expect(new Set(inSmallPages.map(({ id }) => id)).size).toBe(inSmallPages.length);
    // Tests that share the system add lines meanwhile, and one that was begun earlier can come later.
    const known = new Set(inLargePages.map(({ id }) => id));
    expect(inSmallPages.filter(({ id }) => known.has(id))).toEqual(inLargePages);
    const newestFirst = await inPages(7, '&sort=-createdAt');
    expect(newestFirst.filter(({ id }) => known.has(id))).toEqual(inLargePages.toReversed());
    expect(new Set(inSmallPages.map(({ resourceType }) => resourceType)).size).toBeGreaterThanOrEqual(5);
  });

  it("shows another organization's lines to nobody but the admin", async () => {
    for (const [type, id] of [
      ['tour', stop.tourId],
      ['stop', stop.id],
      ['registration', registration.id],
      ['session', session.id],
    ] as const) {
      expect([type, await actionsOf(stranger, type, id)]).toEqual([type, []]);
      expect((await actionsOf(admin, type, id)).length).toBeGreaterThan(0);
    }
    expect(await actionsOf(stranger, 'company', company.id)).toEqual(['company.create']);
  });

  it('holds no key, no badge and no contact', async () => {
    // Of these resources alone: what others in this system write into texts of their own is theirs.
    const resources = [company.id, stop.tourId, stop.id, registration.id, session.id];
    const lines = await Promise.all(resources.map((id) => linesOf(admin, `?resourceId=${id}&limit=200`)));
    expect(lines.map(({ length }) => length > 0)).toEqual(resources.map(() => true));
    const text = JSON.stringify(lines);
    expect(text).not.toContain('@example.com');
    expect(text).not.toContain('13800138000');
    expect(text).not.toContain('示例代表');
    expect(text).not.toContain('waystop_');
    expect(text).not.toContain(registration.delegates[0]?.badge);
  });

  it('refuses who may not read it, and what it does not know', async () => {
    expect((await company.api.get('/v1/audit')).body.code).toBe('auth.forbidden');
    expect((await new ApiClient(system.url).get('/v1/audit')).body.code).toBe('auth.required');
    for (const query of ['?resourceType=api_key', '?resourceId=42', '?cursor=nonsense', '?colour=red']) {
      expect([query, (await organizer.get(`/v1/audit${query}`)).status]).toEqual([query, 422]);
    }
  });
});
