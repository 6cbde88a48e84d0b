import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listCompanies, suspendCompany, updateMyCompany, verifyCompany } from '#contracts';
import type { TestedService } from '../../support/tested-service.js';
import { newUscc } from '../../support/client.js';
import { companyCaller, organizer, signUp, startAccounts } from './scenario.js';

let service: TestedService;

beforeAll(async () => {
  service = await startAccounts();
}, 300_000);

afterAll(() => service.stop());

type Query = Partial<Parameters<typeof service.ask<typeof listCompanies.input, never>>[1]>;

/** The names that a query finds, all pages of it. */
async function found(query: { q?: string; status?: string }, limit = 50): Promise<string[]> {
  const names: string[] = [];
  let cursor: string | undefined;
  do {
    const page = { ...query, limit, ...(cursor === undefined ? {} : { cursor }) };
    const { items, nextCursor } = await service.ask(listCompanies, page as Query as never, organizer);
    names.push(...items.map(({ name }) => name.zh ?? name.en ?? ''));
    cursor = nextCursor ?? undefined;
  } while (cursor !== undefined);
  return names;
}

describe('a search of companies', () => {
  it('compares after NFKC and full case folding, as substrings, without wildcards', async () => {
    const uscc = newUscc();
    await signUp(service, { zh: 'ＡＢＣ全角数据', en: 'Straße CAFÉ' }, { uscc });
    for (const q of ['abc全角', 'ABC', 'strasse', 'STRASSE café', '角数', '数', uscc, uscc.slice(4, 12)])
      expect([q, await found({ q })]).toEqual([q, ['ＡＢＣ全角数据']]);
    for (const q of ['cafe', '全%数', '全_数', '数全', 'abc数'])
      expect([q, await found({ q })]).toEqual([q, []]);
  });

  it('finds a renamed company by its new name alone', async () => {
    const { company } = await signUp(service, { zh: '旧名示例' });
    const rename = { body: { name: { zh: '新称示例' } } };
    await service.ask(updateMyCompany, rename, companyCaller(company.id));
    expect(await found({ q: '旧名' })).toEqual([]);
    expect(await found({ q: '新称' })).toEqual(['新称示例']);
  });

  it('goes on page by page, common or rare, and by what the organization decided', async () => {
    const names = Array.from({ length: 7 }, (_, index) => `分页公司${index}`);
    const ids: string[] = [];
    for (const zh of names) ids.push((await signUp(service, { zh })).company.id);
    expect(await found({ q: '分页' }, 3)).toEqual(names);
    const [first, second, third] = ids;
    await service.ask(verifyCompany, { id: first ?? '' }, organizer);
    await service.ask(suspendCompany, { id: second ?? '' }, organizer);
    await service.ask(verifyCompany, { id: third ?? '' }, organizer);
    expect(await found({ q: '分页', status: 'verified' }, 1)).toEqual(['分页公司0', '分页公司2']);
    expect(await found({ status: 'verified,suspended' }, 2)).toEqual(names.slice(0, 3));
    expect(await found({ q: '页公', status: 'unverified,suspended' }, 2)).toEqual([
      '分页公司1',
      ...names.slice(3),
    ]);
    const all = await found({}, 4);
    expect(await found({ status: 'unverified,verified,suspended' }, 4)).toEqual(all);
    expect(await found({ status: 'unverified' }, 4)).toEqual(
      all.filter((name) => !names.slice(0, 3).includes(name)),
    );
  });
});

describe('the index', () => {
  const statement = `SELECT id FROM companies
     WHERE search_ngrams @> $1::integer[] AND strpos(search_text, $2) > 0 AND id > $3`;

  it('is what a rare query is answered from', async () => {
    await service.rows.query(
      `INSERT INTO companies (id, name, uscc, contact, search_text, search_ngrams)
       SELECT gen_random_uuid(), '{"zh": "示例"}', lpad(n::text, 18, '0'), '{}', '示例', ARRAY[n, n + 1]
         FROM generate_series(1, 20000) AS n`,
    );
    const plan = (await service.rows.query(
      `EXPLAIN ${statement
        .replace('$1', "'{7,8}'")
        .replace('$2', "'示例'")
        .replace('$3', "'00000000-0000-0000-0000-000000000000'")}`,
    )) as Record<string, string>[];
    const text = plan.map((line) => line['QUERY PLAN']).join('\n');
    expect(text).toContain('companies_search');
    expect(text).not.toContain('Seq Scan');
    await service.rows.query(`DELETE FROM companies WHERE contact = '{}'`);
  });
});
