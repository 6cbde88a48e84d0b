import { beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { soon } from '#service/testing/patience';
import { ApiClient, must } from '../../support/client.js';
import { eventually } from '../../support/npm-start.js';
import { sharedSystem, type SharedSystem } from '../../support/shared-system.js';

let system: SharedSystem;
let anyone: ApiClient;
let organizer: ApiClient;

beforeAll(async () => {
  system = await sharedSystem();
  anyone = new ApiClient(system.url);
  organizer = anyone.with(system.organizerKey);
}, 300_000);

const makeKey = async (more: object = {}): Promise<{ id: string; api: ApiClient; apiKey: string }> => {
  const made = await must(organizer.post('/v1/api-keys', { label: 'made', ...more }));
  return { id: made.id, apiKey: made.apiKey, api: anyone.with(made.apiKey) };
};

const listed = async (id: string): Promise<{ expiresAt: string | null; lastUsedAt: string | null }> => {
  const { items } = await must(organizer.get('/v1/api-keys?limit=200'));
  return items.find((key: { id: string }) => key.id === id);
};

async function inAccounts(statement: string, values: unknown[]): Promise<void> {
  const client = new pg.Client({ connectionString: system.accountsUrl });
  await client.connect();
  await client.query(statement, values);
  await client.end();
}

describe('keys', () => {
  it('are known to leak scanners by their prefix, carry 256 bits, and are stored as hashes only', async () => {
    const { apiKey } = await makeKey();
    expect(apiKey).toMatch(/^waystop_organizer_[\w-]{43}$/);
    const client = new pg.Client({ connectionString: system.accountsUrl });
    await client.connect();
    const dump = await client.query(
      "SELECT string_agg(t::text, '') AS text FROM (SELECT api_keys::text AS t FROM api_keys UNION ALL SELECT outbox::text FROM outbox UNION ALL SELECT idempotency::text FROM idempotency) AS rows",
    );
    await client.end();
    expect(dump.rows[0].text.length).toBeGreaterThan(500);
    expect(dump.rows[0].text).not.toContain(apiKey.slice(-43));
  });

  it('end also where the event of it is lost', async () => {
    const { id, api } = await makeKey();
    expect((await api.get('/v1/me')).status).toBe(200);
    // No service tells of this change: what is left are the questions of the gateway.
    await inAccounts('UPDATE api_keys SET deleted_at = now() WHERE id = $1', [id]);
    await soon(async () => expect((await api.get('/v1/me')).status).toBe(401));
  });

  it('end by themselves when their time has come', async () => {
    const expiresAt = new Date(Date.now() + 5_000).toISOString();
    const { id, api } = await makeKey({ expiresAt });
    const { status } = await api.get('/v1/me');
    // On a machine that is busy for so long, the time may have come before the first use.
    if (Date.now() < Date.parse(expiresAt)) expect(status).toBe(200);
    expect((await listed(id)).expiresAt).toBe(expiresAt);
    await soon(async () => expect((await api.get('/v1/me')).status).toBe(401));
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(expiresAt));
  });

  it('cannot begin after their end', async () => {
    const { status, body } = await organizer.post('/v1/api-keys', {
      label: 'late',
      expiresAt: '2020-01-01T00:00:00Z',
    });
    expect([status, body.errors[0].pointer]).toEqual([422, '/expiresAt']);
  });

  it('show when they were last used, so that nobody ends one that is still needed', async () => {
    const { id, api } = await makeKey();
    expect((await listed(id)).lastUsedAt).toBeNull();
    await must(api.get('/v1/me'));
    await eventually('the use of the key', async () => (await listed(id)).lastUsedAt !== null);
    expect(Math.abs(Date.now() - Date.parse((await listed(id)).lastUsedAt ?? ''))).toBeLessThan(600_000);
  });

  it('are rotated with an overlap: both work until the first is ended', async () => {
    const first = await makeKey();
    const second = await must(first.api.post('/v1/api-keys', { label: 'second' }));
    const api = anyone.with(second.apiKey);
    expect([(await first.api.get('/v1/me')).status, (await api.get('/v1/me')).status]).toEqual([200, 200]);
    expect((await api.delete(`/v1/api-keys/${first.id}`)).status).toBe(204);
    expect([(await first.api.get('/v1/me')).status, (await api.get('/v1/me')).status]).toEqual([401, 200]);
  });
});
