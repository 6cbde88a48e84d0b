import 'reflect-metadata';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createApiKey, createOrganization, deleteApiKey, listApiKeys } from '#contracts';
import { inSomeTry } from '#service/testing/patience';
import { outcomes } from '../../support/outcomes.js';
import type { TestedService } from '../../support/tested-service.js';
import { withoutRowLocks } from '../../support/without-row-locks.js';
import { admin, companyCaller, organizationId, organizer, signUp, startAccounts } from './scenario.js';

const unknownId = '01990000-0000-7000-8000-0000000000ff';
/** Guarded as in production; the test that takes a guard away has a service of its own instead. */
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
  await service.rows.query('DROP TRIGGER IF EXISTS slow ON api_keys');
  if (service !== guarded) await service.stop();
});

async function startTwoProcesses(): Promise<TestedService> {
  const started = await startAccounts();
  await started.startReplica();
  return started;
}

/** A company with two keys, and the ids of these. */
async function companyWithTwoKeys(): Promise<{ id: string; keyIds: string[] }> {
  const { company } = await signUp(service, { en: 'Example Company' });
  await service.ask(createApiKey, { body: { label: 'second' } }, companyCaller(company.id));
  const { items } = await service.ask(listApiKeys, {}, companyCaller(company.id));
  return { id: company.id, keyIds: items.map(({ id }) => id) };
}

/** Seconds for tries of a race that a busy machine spoils where they are few. */
const longer = [0.2, 1, 5];

/** Every end of a key takes a while, so that those which start together have all read before one commits. */
async function slowWrites(seconds = 0.2): Promise<void> {
  await service.rows.query(`
    CREATE OR REPLACE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN PERFORM pg_sleep(${seconds}); RETURN NEW; END $$;
    CREATE OR REPLACE TRIGGER slow BEFORE UPDATE ON api_keys FOR EACH ROW EXECUTE FUNCTION wait();
  `);
}

const deleteAll = ({ id, keyIds }: { id: string; keyIds: string[] }) =>
  outcomes(keyIds.map((keyId) => service.ask(deleteApiKey, { id: keyId }, companyCaller(id))));

describe('the last key of a company', () => {
  it('stays, no matter who asks to end it', async () => {
    const { id, keyIds } = await companyWithTwoKeys();
    const [first = '', second = ''] = keyIds;
    await service.ask(deleteApiKey, { id: first }, companyCaller(id));
    expect((await service.refusal(deleteApiKey, { id: second }, companyCaller(id))).code).toBe('key.last');
    expect((await service.refusal(deleteApiKey, { id: second }, admin)).code).toBe('key.last');
    expect((await service.refusal(deleteApiKey, { id: first }, companyCaller(id))).code).toBe(
      'resource.not_found',
    );
    await service.ask(createApiKey, { body: { companyId: id, label: 'lost key replaced' } }, admin);
    expect(await service.ask(deleteApiKey, { id: second }, companyCaller(id))).toBeNull();
  });

  it('stays when both are ended at once', async () => {
    const company = await companyWithTwoKeys();
    await slowWrites();
    expect(await deleteAll(company)).toEqual(['done', 'key.last']);
  });

  it('negative control: without the row locks both go', async () => {
    service = await startTwoProcesses();
    const companies = [await companyWithTwoKeys(), await companyWithTwoKeys(), await companyWithTwoKeys()];
    withoutRowLocks(service);
    await inSomeTry(async (index) => {
      await slowWrites(longer[index]);
      expect(await deleteAll(companies[index] ?? { id: '', keyIds: [] })).toEqual(['done', 'done']);
    }, longer.length);
  });
});

describe('keys', () => {
  it('of the environment stay', async () => {
    const { items } = await service.ask(listApiKeys, {}, organizer);
    const [first] = items;
    expect(first?.label).toBe('ORGANIZER_KEY');
    expect((await service.refusal(deleteApiKey, { id: first?.id ?? '' }, admin)).code).toBe(
      'key.from_environment',
    );
  });

  it('of an organizer may all go, since the environment brings one back', async () => {
    const made = await service.ask(createOrganization, { body: { name: { en: 'Second' } } }, admin);
    const own = { ...organizer, organizationId: made.organization.id };
    const { items } = await service.ask(listApiKeys, {}, own);
    expect(items).toHaveLength(1);
    expect(await service.ask(deleteApiKey, { id: items[0]?.id ?? '' }, own)).toBeNull();
    const replaced = { label: 'replaced', organizationId: made.organization.id };
    const key = await service.ask(createApiKey, { body: replaced }, admin);
    expect(key.role).toBe('organizer');
  });

  it('need an owner that is there', async () => {
    for (const owner of [{ organizationId: unknownId }, { companyId: unknownId }]) {
      const refused = await service.refusal(createApiKey, { body: { label: 'x', ...owner } }, admin);
      expect(refused.code).toBe('resource.not_found');
    }
    const both = { label: 'x', organizationId, companyId: unknownId };
    expect((await service.refusal(createApiKey, { body: both }, admin)).code).toBe('request.invalid');
  });
});
