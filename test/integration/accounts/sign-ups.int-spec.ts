import 'reflect-metadata';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { authenticateKeys, createCompany, getCompanyStates, type Call, type OutputOf } from '#contracts';
import { hashOfKey } from '../../../apps/accounts/src/api-keys/key-derivation.service.js';
import { outcomes } from '../../support/outcomes.js';
import type { TestedService } from '../../support/tested-service.js';
import { newUscc } from '../../support/client.js';
import { draftOf, everybody, startAccounts } from './scenario.js';

/** Guarded as in production; tests that take a guard away have a service of their own instead. */
let guarded: TestedService;
let service: TestedService;

beforeAll(async () => {
  guarded = await startTwoProcesses();
}, 300_000);

afterAll(() => guarded.stop());

beforeEach(() => {
  service = guarded;
});

afterEach(async () => {
  await service.rows.query('DROP TRIGGER IF EXISTS slow ON companies');
  if (service !== guarded) await service.stop();
});

async function startTwoProcesses(): Promise<TestedService> {
  const started = await startAccounts();
  await started.startReplica();
  return started;
}

/** Every company takes a while to be written, so that sign-ups in both processes are under way at once. */
async function slowWrites(): Promise<void> {
  await service.rows.query(`
    CREATE OR REPLACE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN PERFORM pg_sleep(0.05); RETURN NEW; END $$;
    CREATE TRIGGER slow BEFORE INSERT ON companies FOR EACH ROW EXECUTE FUNCTION wait();
  `);
}

type SignedUp = OutputOf<typeof createCompany>;

const signUp = (uscc: string, more: Partial<Call> = {}): Promise<SignedUp> =>
  service.ask(createCompany, { body: draftOf({ zh: '示例企业' }, { uscc }) }, everybody, more);

/** What the database holds of companies with these codes: rows, keys, events and lines of the audit, which must agree. */
async function traces(codes: readonly string[]): Promise<Record<string, number>> {
  const [row] = (await service.rows.query(
    `WITH company AS (SELECT id FROM companies WHERE uscc = ANY ($1::text[]))
     SELECT (SELECT count(*)::integer FROM company) AS companies,
            (SELECT count(*)::integer FROM api_keys JOIN company ON company_id = company.id) AS keys,
            (SELECT count(*)::integer FROM audit JOIN company ON resource_id = company.id) AS audited,
            (SELECT count(*)::integer FROM outbox JOIN company ON aggregate_id = company.id::text) AS events`,
    [codes],
  )) as Record<string, number>[];
  return row ?? {};
}

describe('sign-ups', () => {
  it('answer with a key that works from then on', async () => {
    const uscc = newUscc();
    const { company, apiKey } = await signUp(uscc);
    const keyHash = hashOfKey(apiKey);
    const { principals } = await service.ask(authenticateKeys, { keyHashes: [keyHash] }, everybody);
    expect(principals).toEqual([
      expect.objectContaining({ role: 'company', companyId: company.id, keyHash }),
    ]);
    const { companies } = await service.ask(getCompanyStates, { ids: [company.id] }, everybody);
    expect(companies).toEqual([
      {
        companyId: company.id,
        name: { zh: '示例企业' },
        uscc,
        cityCode: null,
        standings: [],
        version: 1,
      },
    ]);
  });

  it('of many companies at once are each made once, with their key, event and line in the audit', async () => {
    const codes = Array.from({ length: 200 }, () => newUscc());
    expect(new Set(await outcomes(codes.map((code) => signUp(code))))).toEqual(new Set(['done']));
    expect(await traces(codes)).toEqual({ companies: 200, keys: 200, audited: 200, events: 200 });
  });

  it('that can not be taken are refused by themselves, whatever goes with them', async () => {
    const [taken, free, other] = [newUscc(), newUscc(), newUscc()];
    await signUp(taken);
    const ended = await outcomes([signUp(taken), signUp(free), signUp(taken), signUp(other)]);
    expect(ended).toEqual(['company.uscc_taken', 'company.uscc_taken', 'done', 'done']);
    expect(await traces([taken, free, other])).toEqual({ companies: 3, keys: 3, audited: 3, events: 3 });
  });

  it('keep one answer for one idempotency key, with the same API key', async () => {
    const idempotency = { scope: 'public', key: `k-${newUscc()}`, requestHash: 'h' };
    const uscc = newUscc();
    const first = await signUp(uscc, { idempotency });
    expect(await signUp(uscc, { idempotency })).toEqual(first);
    const other = { idempotency: { ...idempotency, requestHash: 'another' } };
    await expect(signUp(newUscc(), other)).rejects.toMatchObject({ code: 'idempotency.key_reused' });
    expect(await traces([uscc])).toEqual({ companies: 1, keys: 1, audited: 1, events: 1 });
  });
});

describe('sign-ups with one credit code in two processes at once', () => {
  const race = (uscc: string) => outcomes(Array.from({ length: 16 }, () => signUp(uscc)));

  it('make one company', async () => {
    const uscc = newUscc();
    await slowWrites();
    const ended = await race(uscc);
    expect(ended.filter((end) => end === 'done')).toHaveLength(1);
    expect(ended.filter((end) => end === 'company.uscc_taken')).toHaveLength(15);
    expect(await traces([uscc])).toEqual({ companies: 1, keys: 1, audited: 1, events: 1 });
  });

  it('negative control: without the constraint they make several', async () => {
    service = await startTwoProcesses();
    await service.rows.query('ALTER TABLE companies DROP CONSTRAINT companies_uscc_taken');
    const uscc = newUscc();
    await slowWrites();
    expect(await race(uscc)).toEqual(Array.from({ length: 16 }, () => 'done'));
  });

  it('never wait for each other, whatever the order in which they come', async () => {
    const codes = Array.from({ length: 20 }, () => newUscc());
    await slowWrites();
    const ended = await outcomes([...codes, ...codes.toReversed()].map((code) => signUp(code)));
    expect(ended.filter((end) => end === 'done')).toHaveLength(20);
    expect(ended.filter((end) => end === 'company.uscc_taken')).toHaveLength(20);
  });

  it('are one request where they have one idempotency key: all get the same answer', async () => {
    const uscc = newUscc();
    const idempotency = { scope: 'public', key: uscc, requestHash: 'h' };
    await slowWrites();
    const answers = await Promise.all(Array.from({ length: 8 }, () => signUp(uscc, { idempotency })));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await traces([uscc])).toEqual({ companies: 1, keys: 1, audited: 1, events: 1 });
  });
});
