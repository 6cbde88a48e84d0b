import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  cancelRegistration,
  eraseDelegate,
  listRegistrations,
  registerDelegation,
  substituteDelegate,
  type Caller,
  type CompanyState,
} from '../../../libs/contracts/src/index.js';
import { service as registrations } from '../../../apps/registrations/src/service.js';
import { TestedService } from '../../support/tested-service.js';
import { OtherServices, delegates, organizer } from './other-services.js';

const others = new OtherServices();
let tested: TestedService;

beforeAll(async () => {
  tested = await TestedService.start(registrations, others.answers);
});
afterAll(() => tested.stop());

function company(name: CompanyState['name'], uscc?: string): Caller & { companyId: string } {
  const caller = others.company();
  const state = { companyId: caller.companyId, name, standings: [], version: 1 };
  others.companies.set(caller.companyId, uscc === undefined ? state : { ...state, uscc });
  return caller;
}

const register = (stopId: string, caller: Caller, people: object[]) =>
  tested.ask(registerDelegation, { stopId, body: { delegates: people as never } }, caller);

async function listed(stopId: string, query: object, caller: Caller = organizer): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const input = { stopId, limit: 2, ...query, ...(cursor === undefined ? {} : { cursor }) };
    const page = await tested.ask(listRegistrations, input as never, caller);
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return ids;
}

describe('the list of registrations', () => {
  it('finds by company, credit code, name, address and last digits, in any spelling and literally', async () => {
    const stop = others.stop({ capacity: 50 });
    const caller = company({ zh: '四川ＡＢＣ科技', en: 'CAFÉ Straße 100%' }, '91350100M000100Y43');
    const made = await register(stop.id, caller, [
      { name: 'Émile Ünal', email: 'Emile.Unal@Example.com', mobile: '13912345678' },
      { name: '张三', email: 'ZhangSan@例子.中国' },
    ]);
    // Addresses that no query can meet by chance.
    const strangers = ['x', 'y'].map((email) => ({ name: '示例代表', email: `${email}@other.test` }));
    await register(stop.id, company({ zh: '别的企业' }, '91110108MA00000009'), strangers);
    const found = [
      '四川',
      'abc',
      'ａｂｃ科',
      'café',
      'cafe\u0301',
      'STRASSE',
      '100%',
      '91350100m000100y43',
      'M000100',
    ];
    found.push('zhangsan@例子.中国', 'ZHANGSAN@xn--fsqu00a', 'zhangsan@例子。中国');
    found.push('émile', 'ÜNAL', 'emile.unal@', 'UNAL@EXAMPLE', '5678');
    for (const q of found) expect([q, await listed(stop.id, { q })]).toEqual([q, [made.id]]);
    for (const q of ['四_', '%', '123456', '1391', '5679', 'unal emile'])
      expect([q, (await listed(stop.id, { q })).filter((id) => id === made.id)]).toEqual([
        q,
        q === '%' ? [made.id] : [],
      ]);
    expect(await listed(stop.id, { q: '5678' }, caller)).toEqual([made.id]);
    expect(await listed(stop.id, { q: '别的' }, caller)).toEqual([]);
    const [delegate] = made.delegates;
    const passed = { id: made.id, delegateId: delegate?.id ?? '' };
    await tested.ask(
      substituteDelegate,
      { ...passed, body: { name: '新人', email: 'new@example.com' } },
      caller,
    );
    expect(await listed(stop.id, { q: 'émile' })).toEqual([]);
    expect(await listed(stop.id, { q: '新人' })).toEqual([made.id]);
    await tested.ask(eraseDelegate, passed, caller);
    for (const q of ['新人', 'new@', '5678']) expect([q, await listed(stop.id, { q })]).toEqual([q, []]);
  });

  it('sorts in each of its orders, page by page, also among several states', async () => {
    const stop = others.stop({ capacity: 9 });
    const names = ['王府井', '阿里', 'Zebra', '北京', '阿里'];
    const seats = [2, 3, 1, 3, 4];
    const made: { id: string; company: string; seats: number }[] = [];
    for (const [index, zh] of names.entries()) {
      const { id } = await register(stop.id, company({ zh }), delegates(seats[index] ?? 1));
      made.push({ id, company: zh, seats: seats[index] ?? 1 });
    }
    const ids = (indexes: number[]) => indexes.map((index) => made[index]?.id);
    expect(await listed(stop.id, {})).toEqual(ids([0, 1, 2, 3, 4]));
    expect(await listed(stop.id, { sort: 'createdAt' })).toEqual(ids([0, 1, 2, 3, 4]));
    expect(await listed(stop.id, { sort: '-createdAt' })).toEqual(ids([4, 3, 2, 1, 0]));
    expect(await listed(stop.id, { sort: 'seats' })).toEqual(ids([2, 0, 1, 3, 4]));
    const byName = await listed(stop.id, { sort: 'company' });
    // Chinese names by pinyin: Ālǐ, Běijīng, Wángfǔjǐng; equal ones in the order of registration.
    expect(byName.filter((id) => id !== made[2]?.id)).toEqual(ids([1, 4, 3, 0]));
    await tested.ask(cancelRegistration, { id: made[3]?.id ?? '' }, organizer);
    const some = { status: 'waitlisted,cancelled' };
    expect(await listed(stop.id, { ...some, sort: '-createdAt' })).toEqual(ids([4, 3]));
    expect(await listed(stop.id, { status: 'cancelled', q: '北京', sort: 'company' })).toEqual(ids([3]));
  });

  it('goes on in no other order than that of the cursor', async () => {
    const stop = others.stop({ capacity: 50 });
    for (let count = 0; count < 3; count += 1) await register(stop.id, company({ zh: '企业' }), delegates(1));
    const { nextCursor } = await tested.ask(listRegistrations, { stopId: stop.id, limit: 1 }, organizer);
    const input = { stopId: stop.id, cursor: nextCursor ?? '', sort: 'seats' as const };
    const { code, extra } = await tested.refusal(listRegistrations, input, organizer);
    expect([code, extra.errors]).toEqual([
      'request.invalid',
      [expect.objectContaining({ parameter: 'cursor' })],
    ]);
  });

  it('knows credit codes of companies whose last event carried none', async () => {
    const stop = others.stop({ capacity: 50 });
    const caller = company({ zh: '早来的企业' });
    const made = await register(stop.id, caller, delegates(1));
    expect(await listed(stop.id, { q: '91440300MA5DA1234X' })).toEqual([]);
    const state = others.companies.get(caller.companyId);
    if (state === undefined) throw new Error('The company is not there.');
    others.companies.set(caller.companyId, { ...state, uscc: '91440300MA5DA1234X' });
    const replica = await tested.startReplica();
    let found: string[] = [];
    for (let tries = 0; tries < 400 && found.length === 0; tries += 1) {
      await sleep(250);
      found = await listed(stop.id, { q: '91440300ma5da1234x' });
    }
    expect(found).toEqual([made.id]);
    await replica.stop();
    tested.services.pop();
  });
});
