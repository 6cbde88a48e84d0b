import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  addDelegate,
  auditLists,
  authenticateKeys,
  cancelRegistration,
  checkInDelegate,
  companyChanged,
  createCompany,
  getStopState,
  registerDelegation,
  registrationChanged,
  registrationsCatchUpOnSession,
  removeSignup,
  signUpDelegates,
  substituteDelegate,
  systemCaller,
  undoCheckIn,
  type Caller,
  type Registration,
  type SessionState,
  type StopState,
} from '#contracts';
import { newId } from '#persistence';
import { soon } from '#service/testing/patience';
import { hashOfKey } from '../../../apps/accounts/src/api-keys/key-derivation.service.js';
import { parseAllowList } from '../../../apps/notifications/src/egress/allowed-address.js';
import { service as notifications } from '../../../apps/notifications/src/service.js';
import { service as registrations } from '../../../apps/registrations/src/service.js';
import { costlySteps, multiply, statementsOf } from '../../support/plans.js';
import { TestedService } from '../../support/tested-service.js';
import { draftOf, everybody, startAccounts } from '../accounts/scenario.js';
import { aStopState, publishState } from '../notifications/published-events.js';
import { OtherServices, delegates, organizationId, organizer } from '../registrations/other-services.js';

/** Rows of each table that grows, none of them analysed: what a rush leaves within minutes. */
const many = 20_000;
/** Rows that a step of a hot statement may look at for one request. */
const mostRows = 100;

/**
 * What a service does beside requests, at a time of its own and in batches of a fixed size: publishing the outbox (all of
 * it anew after a loss of the stream), and completing copies of companies that came before credit codes were kept.
 */
const inBackground = /FROM outbox_queue|INSERT INTO outbox_queue SELECT|WHERE uscc IS NULL/;

/**
 * What the statements of some work read too much of, by statement. Jobs of the service's own come at times that nobody
 * knows: what counts is read too much of each time that the work is done.
 */
async function costly(service: TestedService, work: () => Promise<unknown>): Promise<string[]> {
  const found = await costlyOnce(service, work);
  if (found.length === 0) return found;
  const again = await costlyOnce(service, work);
  const texts = new Set(again.map(textOf));
  return found.filter((one) => texts.has(textOf(one)));
}

const textOf = (found: string) => found.slice(found.indexOf('\n'));

async function costlyOnce(service: TestedService, work: () => Promise<unknown>): Promise<string[]> {
  await soon(async () => expect(await service.rows.query('SELECT FROM outbox_queue LIMIT 1')).toEqual([]));
  const statements = await statementsOf(work);
  expect(statements.length).toBeGreaterThan(1);
  const found: string[] = [];
  for (const one of statements.filter(({ text }) => !inBackground.test(text)))
    for (const step of await costlySteps(service.databaseUrl, one, mostRows))
      found.push(`${step}\n${one.text}`);
  return found;
}

const fresh = 'gen_random_uuid()';
const writeTables = {
  outbox: { id: fresh },
  audit: { id: fresh },
  idempotency: { key: `'k' || n`, resource_id: `'r' || n` },
} as const;

async function grow(service: TestedService, tables: Record<string, Record<string, string>>): Promise<void> {
  for (const [table, differ] of Object.entries(tables))
    await multiply(service.databaseUrl, table, many, differ);
}

describe('registrations', () => {
  const others = new OtherServices();
  let service: TestedService;
  let stop: StopState;
  let session: SessionState;
  const company = others.company();

  const key = () => ({ idempotency: { scope: 'key:hot', key: newId(), requestHash: 'hash' } });
  const register = (caller: Caller, seats = 2): Promise<Registration> =>
    service.ask(
      registerDelegation,
      { stopId: stop.id, body: { delegates: delegates(seats) } },
      caller,
      key(),
    );
  const staff = (): Caller => ({ role: 'staff', keyId: 'door', organizationId, stopId: stop.id });

  beforeAll(async () => {
    service = await TestedService.start(registrations, others.answers);
    const room = { id: newId(), name: { zh: '主会场' }, seats: 90_000 };
    stop = others.stop({ capacity: 90_000, rooms: [room] });
    session = {
      sessionId: newId(),
      stopId: stop.id,
      organizationId,
      companyId: null,
      status: 'scheduled',
      roomId: room.id,
      startsAt: stop.startsAt,
      endsAt: stop.endsAt,
      version: 1,
    };
    others.sessions.set(session.sessionId, session);
    const { id, delegates: people } = await register(company);
    await service.ask(registrationsCatchUpOnSession, { id: session.sessionId, version: 1 }, systemCaller);
    const delegateIds = people.map((one) => one.id);
    await service.ask(signUpDelegates, { id: session.sessionId, body: { delegateIds } }, company);
    await grow(service, {
      ...writeTables,
      companies: { company_id: fresh },
      registrations: { id: fresh, company_id: fresh },
      delegates: {
        id: fresh,
        registration_id: fresh,
        badge: `'b' || n`,
        email: `'p' || n || '@example.com'`,
      },
      sign_ups: { delegate_id: fresh },
    });
    await service.rows.query('UPDATE sign_ups SET registration_id = $1', [id]);
  });
  afterAll(() => service.stop());

  it('read no more than they need while delegations come, change and go', async () => {
    const found = await costly(service, async () => {
      const newcomer = others.company();
      const { id, delegates: people } = await register(newcomer);
      const [person] = delegates(1);
      await service.ask(addDelegate, { id, body: { ...person } as never }, newcomer, key());
      const [substitute] = delegates(1);
      const delegateId = people[0]?.id ?? '';
      await service.ask(substituteDelegate, { id, delegateId, body: { ...substitute } as never }, newcomer);
      await service.ask(cancelRegistration, { id }, newcomer, key());
    });
    expect(found).toEqual([]);
  });

  it('read no more than they need at the doors', async () => {
    const { delegates: people } = await register(others.company());
    const [one, other] = people;
    const found = await costly(service, async () => {
      const scan = { stopId: stop.id, body: { badge: one?.badge ?? '' } };
      await service.ask(checkInDelegate, scan, staff(), key());
      await service.ask(checkInDelegate, { ...scan, body: { delegateId: other?.id } } as never, staff());
      await service.ask(undoCheckIn, { stopId: stop.id, delegateId: other?.id ?? '' }, staff());
    });
    expect(found).toEqual([]);
  });

  it('read no more than they need where people sign up for sessions', async () => {
    const caller = others.company();
    const { delegates: people } = await register(caller);
    const delegateIds = people.map(({ id }) => id);
    const found = await costly(service, async () => {
      await service.ask(signUpDelegates, { id: session.sessionId, body: { delegateIds } }, caller, key());
      await service.ask(removeSignup, { id: session.sessionId, delegateId: delegateIds[0] ?? '' }, organizer);
    });
    expect(found).toEqual([]);
  });

  it('would be caught where they read all of a stop by an index', async () => {
    const text = `SELECT r.id FROM unnest($1::uuid[], $2::uuid[]) AS named (stop_id, id)
      CROSS JOIN LATERAL (
        SELECT id FROM registrations
         WHERE id = named.id AND stop_id = named.stop_id
           AND status IN ('confirmed', 'pending', 'waitlisted') OFFSET 0) AS r`;
    const values = [[stop.id], [newId()]];
    const steps = await costlySteps(service.databaseUrl, { text, values, named: true }, mostRows);
    expect(steps).toEqual([expect.stringContaining('registrations_one_live')]);
  });

  it('read no more than they need of companies that change', async () => {
    let version = 8;
    const found = await costly(service, async () => {
      version += 1;
      const state = { companyId: company.companyId, name: { zh: '新名' }, standings: [], version };
      await soon(() => publishState(service.broker, companyChanged, company.companyId, state));
      await soon(async () => {
        const rows = await service.rows.query(
          'SELECT FROM companies WHERE company_id = $1 AND version = $2',
          [company.companyId, version],
        );
        expect(rows).toHaveLength(1);
      });
    });
    expect(found).toEqual([]);
  });
});

describe('accounts', () => {
  let service: TestedService;
  let apiKey: string;

  beforeAll(async () => {
    service = await startAccounts();
    ({ apiKey } = await service.ask(createCompany, { body: draftOf({ zh: '示例企业' }) }, everybody, {
      idempotency: { scope: 'public:x', key: 'first', requestHash: 'hash' },
    }));
    await grow(service, {
      ...writeTables,
      companies: { id: fresh, uscc: `lpad(n::text, 18, '0')` },
    });
    await service.rows.query(`DELETE FROM api_keys WHERE role <> 'company'`);
    await grow(service, { api_keys: { id: fresh, key_hash: `'h' || n` } });
    // Half of the lines are of an organization, and most of the others nobody but the operator sees.
    await service.rows.query(
      `UPDATE audit SET organization_id = CASE WHEN n % 2 = 0 THEN $1::uuid END,
                        resource_type = CASE WHEN n % 10 = 1 THEN 'company' ELSE 'member' END
         FROM (SELECT id AS line, row_number() OVER () AS n FROM audit) AS numbered WHERE id = line`,
      [organizationId],
    );
  });
  afterAll(() => service.stop());

  it.each([
    ['of all types', {}],
    ['of all types, newest first', { sort: '-createdAt' }],
    ['of one company', { resourceId: newId() }],
  ] as const)('read no more than they need of the audit %s, on every page', async (_name, query) => {
    const page = (cursor?: string) => {
      const input = { limit: 20, ...query, ...(cursor === undefined ? {} : { cursor }) };
      return service.ask(auditLists.accounts, input, organizer);
    };
    const [{ id: middle } = { id: '' }] = await service.rows.query<{ id: string }[]>(
      'SELECT id FROM audit ORDER BY id OFFSET 10000 LIMIT 1',
    );
    const found = await costly(service, async () => {
      await page();
      await page(middle);
    });
    expect(found).toEqual([]);
  });

  it('read no more than they need while companies sign up and call', async () => {
    const found = await costly(service, async () => {
      await service.ask(createCompany, { body: draftOf({ zh: '新企业' }) }, everybody, {
        idempotency: { scope: 'public:y', key: newId(), requestHash: 'hash' },
      });
      await service.ask(authenticateKeys, { keyHashes: [hashOfKey(apiKey)] }, systemCaller);
    });
    expect(found).toEqual([]);
  });
});

describe('notifications', () => {
  let service: TestedService;
  const stop = aStopState({ id: newId(), tourId: newId(), organizationId });
  const publish = (registrationId: string, version = 1) =>
    publishState(service.broker, registrationChanged, registrationId, {
      registrationId,
      stopId: stop.id,
      companyId: newId(),
      status: 'confirmed',
      seats: 2,
      version,
    });
  const logged = (registrationId: string) =>
    soon(async () => {
      const rows = await service.rows.query('SELECT FROM messages WHERE subject = $1', [
        `registration/${registrationId}`,
      ]);
      expect(rows).not.toHaveLength(0);
    });

  beforeAll(async () => {
    service = await TestedService.start(notifications, [[getStopState, () => ({ stop })]], {
      WEBHOOK_SECRET: 'ab'.repeat(32),
      EGRESS_ALLOW: parseAllowList(''),
    });
    const first = newId();
    // The stream is there once the service has made it.
    await soon(() => publish(first));
    await logged(first);
    await grow(service, {
      aggregates: { id: fresh, company_id: fresh },
      messages: { id: fresh, seq: 'one.seq + n', company_id: fresh },
    });
    await service.rows.query(
      `SELECT setval(pg_get_serial_sequence('messages', 'seq'), max(seq)) FROM messages`,
    );
  });
  afterAll(() => service.stop());

  it('read no more than they need while they follow', async () => {
    const found = await costly(service, async () => {
      const next = newId();
      await publish(next);
      await logged(next);
    });
    // The question above is the test's own.
    expect(found.filter((one) => !one.includes('SELECT FROM messages'))).toEqual([]);
  });
});

describe('the measure itself', () => {
  let service: TestedService;

  beforeAll(async () => {
    service = await startAccounts();
    await service.ask(createCompany, { body: draftOf({ zh: '示例企业' }) }, everybody);
    await grow(service, { companies: { id: fresh, uscc: `lpad(n::text, 18, '0')` } });
  });
  afterAll(() => service.stop());

  it('names a sequential scan, and an index that is read from one end to the other', async () => {
    const steps = (text: string, values: unknown[] = []) =>
      costlySteps(service.databaseUrl, { text, values, named: true }, mostRows);
    expect(await steps(`SELECT * FROM companies WHERE contact->>'name' = $1`, ['nobody'])).toEqual([
      expect.stringContaining('companies'),
    ]);
    expect(await steps(`SELECT * FROM companies WHERE uscc > '0' AND industry = $1`, ['none'])).toEqual([
      expect.stringMatching(/companies.*: 20001 rows/),
    ]);
    expect(await steps('SELECT * FROM companies WHERE id = $1', [newId()])).toEqual([]);
  });
});
