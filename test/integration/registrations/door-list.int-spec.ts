import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  cancelRegistration,
  checkInDelegate,
  eraseDelegate,
  getAttendance,
  getDoorList,
  registerDelegation,
  reissueBadge,
  removeDelegate,
  substituteDelegate,
  undoCheckIn,
  type Caller,
  type OutputOf,
  type Registration,
} from '../../../libs/contracts/src/index.js';
import { service as registrations } from '../../../apps/registrations/src/service.js';
import { DoorListRepository } from '../../../apps/registrations/src/check-in/door-list.repository.js';
import { TestedService } from '../../support/tested-service.js';
import { OtherServices, delegates, organizationId, organizer } from './other-services.js';
import { eventually } from '../../support/npm-start.js';

const others = new OtherServices();
let tested: TestedService;

beforeAll(async () => {
  tested = await TestedService.start(registrations, others.answers);
});
afterAll(() => tested.stop());

type Item = OutputOf<typeof getDoorList>['items'][number];

const staffOf = (stopId: string): Caller => ({ role: 'staff', keyId: 'door', organizationId, stopId });
const register = (stopId: string, caller: Caller, people: object[]) =>
  tested.ask(registerDelegation, { stopId, body: { delegates: people as never } }, caller);
const idsOf = (registration: Registration) => registration.delegates.map(({ id }) => id);
const hashOf = (badge: string | null | undefined) =>
  createHash('sha256')
    .update(badge ?? '')
    .digest('base64url');

/** All pages of a list, with the point that the first one names. */
async function doorList(stopId: string, query: object = {}): Promise<{ items: Item[]; asOf: string }> {
  const items: Item[] = [];
  let asOf: string | undefined;
  let cursor: string | undefined;
  do {
    const input = { stopId, ...query, ...(cursor === undefined ? {} : { cursor }) };
    const page = await tested.ask(getDoorList, input, staffOf(stopId));
    items.push(...page.items);
    asOf ??= page.asOf;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return { items, asOf };
}

describe('the list of a door', () => {
  it('holds who is expected, with what is needed to let them in', async () => {
    const stop = others.stop({ capacity: 3 });
    const company = others.company();
    const [first, second] = delegates(2);
    const made = await register(stop.id, company, [{ ...first, mobile: '13800138000' }, second ?? {}]);
    await register(stop.id, others.company(), delegates(2));
    const [a = '', b = ''] = idsOf(made);
    const scan = { stopId: stop.id, body: { delegateId: a } };
    const { checkedInAt } = await tested.ask(checkInDelegate, scan, staffOf(stop.id));
    const common = { registrationId: made.id, company: { id: company.companyId, name: { zh: '示例企业' } } };
    const { items } = await doorList(stop.id);
    expect(items).toEqual([
      {
        ...common,
        delegateId: a,
        name: first?.name,
        badgeHash: hashOf(made.delegates[0]?.badge),
        mobileLast4: '8000',
        state: 'expected',
        checkedInAt,
        version: expect.any(Number),
      },
      {
        ...common,
        delegateId: b,
        name: second?.name,
        badgeHash: hashOf(made.delegates[1]?.badge),
        mobileLast4: null,
        state: 'expected',
        checkedInAt: null,
        version: expect.any(Number),
      },
    ]);
    expect((await doorList(stop.id, { limit: 1 })).items).toEqual(items);
    expect((await doorList(stop.id, { limit: 1 })).items.length).toBe(2);
  });

  it('tells every kind of change since a point, with a version that rises', async () => {
    const stop = others.stop({ capacity: 20 });
    const company = others.company();
    const made = await register(stop.id, company, delegates(4));
    const [a = '', b = '', c = '', d = ''] = idsOf(made);
    const whole = await doorList(stop.id);
    let { asOf } = whole;
    const versions = new Map(whole.items.map(({ delegateId, version }) => [delegateId, version]));
    const followed = async () => {
      const list = await doorList(stop.id, { since: asOf });
      asOf = list.asOf;
      return list.items;
    };
    const changed = async (...ids: string[]) => {
      const items = await followed();
      for (const id of ids) {
        const item = items.find(({ delegateId }) => delegateId === id);
        expect(item?.version).toBeGreaterThan(versions.get(id) ?? 0);
        versions.set(id, item?.version ?? 0);
      }
      return ids.map((id) => items.find(({ delegateId }) => delegateId === id));
    };
    const door = { stopId: stop.id, delegateId: a };
    await tested.ask(checkInDelegate, { stopId: stop.id, body: { delegateId: a } }, organizer);
    expect(await changed(a)).toMatchObject([{ checkedInAt: expect.any(String), state: 'expected' }]);
    // A change comes again while any transaction of the server is open that was there before it; then nothing is left.
    await eventually('a list without changes', async () => (await followed()).length === 0);
    await tested.ask(undoCheckIn, door, organizer);
    expect(await changed(a)).toMatchObject([{ checkedInAt: null }]);
    const reissued = await tested.ask(reissueBadge, { id: made.id, delegateId: a }, company);
    expect(await changed(a)).toMatchObject([{ badgeHash: hashOf(reissued.delegates[0]?.badge) }]);
    const passed = { id: made.id, delegateId: b, body: { name: '替补', email: 'substitute@example.com' } };
    await tested.ask(substituteDelegate, passed, company);
    expect(await changed(b)).toMatchObject([{ name: '替补', state: 'expected' }]);
    await tested.ask(checkInDelegate, { stopId: stop.id, body: { delegateId: c } }, organizer);
    await changed(c);
    await tested.ask(removeDelegate, { id: made.id, delegateId: c }, company);
    expect(await changed(c)).toMatchObject([
      { name: '—', badgeHash: hashOf(made.delegates[2]?.badge), mobileLast4: null, state: 'not_valid' },
    ]);
    await tested.ask(eraseDelegate, { id: made.id, delegateId: d }, company);
    expect(await changed(d)).toMatchObject([{ name: '—', badgeHash: null, state: 'not_valid' }]);
    expect((await doorList(stop.id)).items.map(({ delegateId }) => delegateId)).toEqual([a, b]);
    const late = await register(stop.id, others.company(), delegates(1));
    expect(await changed(...idsOf(late))).toMatchObject([{ state: 'expected' }]);
    await tested.ask(cancelRegistration, { id: made.id }, company);
    expect(await changed(a, b)).toMatchObject([{ state: 'not_valid' }, { state: 'not_valid' }]);
    expect((await doorList(stop.id)).items.map(({ delegateId }) => delegateId)).toEqual(idsOf(late));
  });

  it('finds by name, company and last digits, in any case and width, and by no address', async () => {
    const stop = others.stop({ capacity: 20 });
    const company = others.company();
    others.companies.set(company.companyId, {
      companyId: company.companyId,
      name: { zh: '四川示例', en: 'Café Straße' },
      standings: [],
      version: 1,
    });
    const [one] = delegates(1);
    const made = await register(stop.id, company, [
      { name: '王小明ABC', email: 'hidden.address@example.com', mobile: '+8613912345678' },
    ]);
    await register(stop.id, others.company(), [{ ...one, mobile: '13800138000' }]);
    const found = async (q: string) =>
      (await doorList(stop.id, { q })).items.map(({ delegateId }) => delegateId);
    for (const q of ['小明', 'ａｂｃ', '5678', '四川', 'CAFÉ', 'cafe\u0301', 'STRASSE'])
      expect([q, await found(q)]).toEqual([q, idsOf(made)]);
    for (const q of ['hidden', 'example.com', '3912', '%', '_', '小_', '139'])
      expect([q, await found(q)]).toEqual([q, []]);
  });

  it('is for the door of that stop alone, and knows no other list points', async () => {
    const [stop, other] = [others.stop(), others.stop()];
    const refused = async (query: object, caller: Caller) => {
      const { code, extra } = await tested.refusal(getDoorList, { stopId: stop.id, ...query }, caller);
      return [code, (extra.errors?.[0] as { parameter?: string } | undefined)?.parameter];
    };
    expect(await refused({}, staffOf(other.id))).toEqual(['resource.not_found', undefined]);
    expect(await refused({}, others.company())).toEqual(['resource.not_found', undefined]);
    for (const since of ['x', '1', 'bm8', Buffer.from('["a",1]').toString('base64url')])
      expect(await refused({ since }, organizer)).toEqual(['request.invalid', 'since']);
    expect(await refused({ cursor: 'x' }, organizer)).toEqual(['request.invalid', 'cursor']);
  });

  it('tells all there ever was where the point is one of another history', async () => {
    const stop = others.stop();
    const company = others.company();
    const made = await register(stop.id, company, delegates(3));
    await tested.ask(removeDelegate, { id: made.id, delegateId: idsOf(made)[0] ?? '' }, company);
    await tested.ask(eraseDelegate, { id: made.id, delegateId: idsOf(made)[1] ?? '' }, company);
    const since = Buffer.from(JSON.stringify(['restored', '999999999999'])).toString('base64url');
    const { items } = await doorList(stop.id, { since });
    expect(items.map(({ delegateId, state }) => [delegateId, state])).toEqual(
      idsOf(made).map((id, index) => [id, index === 2 ? 'expected' : 'not_valid']),
    );
  });
});

describe('a change that commits late', () => {
  /** A transaction that checks a delegate in and stays open while `meanwhile` happens. */
  async function held(delegateId: string, meanwhile: () => Promise<void>): Promise<void> {
    const runner = tested.rows.createQueryRunner();
    await runner.startTransaction();
    await runner.query('UPDATE delegates SET checked_in_at = now() WHERE id = $1', [delegateId]);
    await meanwhile();
    await runner.commitTransaction();
    await runner.release();
  }

  it('is listed after it, though later ones were listed before', async () => {
    const stop = others.stop();
    const made = await register(stop.id, others.company(), delegates(2));
    const [late = '', soon = ''] = idsOf(made);
    let { asOf } = await doorList(stop.id);
    // Behind all that was under way at the registration, so that it does not come again.
    await eventually('a list without changes', async () => {
      const list = await doorList(stop.id, { since: asOf });
      if (list.items.length > 0) asOf = list.asOf;
      return list.items.length === 0;
    });
    let next = asOf;
    await held(late, async () => {
      await tested.ask(checkInDelegate, { stopId: stop.id, body: { delegateId: soon } }, organizer);
      const seen = await doorList(stop.id, { since: asOf });
      expect(seen.items.map(({ delegateId }) => delegateId)).toEqual([soon]);
      next = seen.asOf;
    });
    const { items } = await doorList(stop.id, { since: next });
    const found = items.find(({ delegateId }) => delegateId === late);
    expect(found?.checkedInAt).toEqual(expect.any(String));
  });

  it('would be missed if the point were the newest transaction: that is why it is the oldest under way', async () => {
    const stop = others.stop();
    const made = await register(stop.id, others.company(), delegates(2));
    const [late = '', soon = ''] = idsOf(made);
    const rows = new DoorListRepository();
    let newest = '';
    await held(late, async () => {
      await tested.ask(checkInDelegate, { stopId: stop.id, body: { delegateId: soon } }, organizer);
      const [point] = (await tested.rows.query(
        'SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS xid',
      )) as { xid: string }[];
      newest = point?.xid ?? '';
    });
    const changedSince = { history: '', xid: newest };
    const found = await rows.list(
      tested.rows.manager,
      { stopId: stop.id, text: null, changedSince },
      null,
      100,
    );
    expect(found.map(({ delegateId }) => delegateId)).not.toContain(late);
  });

  it('is never missed by one who follows in small pages while everything changes', async () => {
    await tested.startReplica();
    const stop = others.stop({ capacity: 500 });
    const known = new Map<string, Item>();
    let since = (await doorList(stop.id)).asOf;
    const follow = async () => {
      const { items, asOf } = await doorList(stop.id, { since, limit: 3 });
      for (const item of items) {
        if ((known.get(item.delegateId)?.version ?? 0) <= item.version) known.set(item.delegateId, item);
      }
      since = asOf;
    };
    let busy = true;
    const following = (async () => {
      while (busy) await follow();
    })();
    await Promise.all(Array.from({ length: 24 }, (_, index) => liveAtDoor(stop.id, index)));
    busy = false;
    await following;
    await follow();
    const { items } = await doorList(stop.id);
    const expected = [...known.values()].filter(({ state }) => state === 'expected');
    const byId = (list: readonly Item[]) => list.toSorted((x, y) => (x.delegateId < y.delegateId ? -1 : 1));
    expect(items.length).toBeGreaterThan(20);
    expect(byId(expected)).toEqual(byId(items));
  });

  async function liveAtDoor(stopId: string, index: number): Promise<void> {
    const company = others.company();
    const made = await register(stopId, company, delegates(4));
    const [a = '', b = '', c = '', d = ''] = idsOf(made);
    for (const delegateId of [a, b, c, d])
      await tested.ask(checkInDelegate, { stopId, body: { delegateId } }, organizer);
    await Promise.all([
      tested.ask(undoCheckIn, { stopId, delegateId: a }, organizer),
      tested.ask(
        substituteDelegate,
        { id: made.id, delegateId: b, body: { email: `door-${index}@example.com` } },
        company,
      ),
      tested.ask(removeDelegate, { id: made.id, delegateId: c }, company),
    ]);
    if (index % 3 === 0) await tested.ask(cancelRegistration, { id: made.id }, company);
  }
});

describe('attendance', () => {
  it('is paged by company, with the sums of all', async () => {
    const stop = others.stop({ capacity: 20 });
    const made: Registration[] = [];
    for (const seats of [1, 2, 3]) made.push(await register(stop.id, others.company(), delegates(seats)));
    const [delegateId = ''] = made[1] === undefined ? [] : idsOf(made[1]);
    await tested.ask(checkInDelegate, { stopId: stop.id, body: { delegateId } }, organizer);
    const sums = { expected: 6, checkedIn: 1, noShows: 5 };
    const all = await tested.ask(getAttendance, { stopId: stop.id }, organizer);
    expect(all).toMatchObject({ ...sums, nextCursor: null });
    expect(
      all.companies.map(({ companyId, expected, checkedIn }) => [companyId, expected, checkedIn]),
    ).toEqual(made.map(({ companyId, seats }, index) => [companyId, seats, index === 1 ? 1 : 0]));
    const first = await tested.ask(getAttendance, { stopId: stop.id, limit: 2 }, organizer);
    expect(first).toMatchObject({ ...sums, nextCursor: expect.any(String) });
    const next = { stopId: stop.id, limit: 2, cursor: first.nextCursor ?? '' };
    const second = await tested.ask(getAttendance, next, organizer);
    expect(second).toMatchObject({ ...sums, nextCursor: null });
    expect([...first.companies, ...second.companies]).toEqual(all.companies);
  });
});
