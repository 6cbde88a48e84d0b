import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { QueryRunner } from 'typeorm';
import {
  actAs,
  askSignInCode,
  createCompany,
  deleteApiKey,
  endSignIn,
  ensureTokenUser,
  foundCompany,
  getMe,
  inviteMember,
  keysEndedSince,
  listApiKeys,
  listSignIns,
  signOut,
  systemCaller,
  updateMe,
} from '#contracts';
import {
  ask,
  baseUrl,
  browser,
  callerOf,
  enter,
  principalOf,
  refusalOf,
  signInWith,
  startPeople,
  type People,
} from './people.js';
import {
  companyCaller,
  draftOf,
  everybody,
  organizationId,
  organizer,
  settings,
  signUp,
} from './scenario.js';

let people: People;
let addresses = 0;
const newAddress = () => `person-${(addresses += 1)}@example.com`;

beforeAll(async () => {
  people = await startPeople(organizationId);
}, 300_000);

afterAll(() => people.service.stop());

describe('a code', () => {
  it('signs its browser in, once', async () => {
    const email = newAddress();
    const { asking, code } = await ask(people, email);
    const { me, signIn: cookie } = await signInWith(people, { email, code }, asking);
    expect(me).toMatchObject({
      role: null,
      keyId: null,
      user: { email, name: null, language: 'zh' },
      memberships: [],
    });
    expect(cookie.value).toMatch(/^[\w-]{43}$/);
    expect(cookie.maxAgeSeconds).toBeGreaterThan(29 * 86_400);
    expect(await refusalOf(signInWith(people, { email, code }, asking))).toBe('sign_in.expired');
  });

  it('is worth nothing in another browser, which can neither try it nor use it up', async () => {
    const email = newAddress();
    const { asking, code } = await ask(people, email);
    const stranger = await ask(people, newAddress());
    for (const token of [null, stranger.asking, 'x'.repeat(43)])
      for (let count = 0; count < 6; count += 1)
        expect(await refusalOf(signInWith(people, { email, code }, token))).toBe('sign_in.other_browser');
    expect(await refusalOf(signInWith(people, { email, code }, asking))).toBe('done');
  });

  it('ends after five wrong tries', async () => {
    const email = newAddress();
    const { asking, code } = await ask(people, email);
    const wrong = code === '000000' ? '000001' : '000000';
    for (let count = 0; count < 5; count += 1)
      expect(await refusalOf(signInWith(people, { email, code: wrong }, asking))).toBe('sign_in.wrong_code');
    expect(await refusalOf(signInWith(people, { email, code }, asking))).toBe('sign_in.expired');
  });

  it('ends with a newer one, whichever cookie comes with it', async () => {
    const email = newAddress();
    const first = await ask(people, email);
    const second = await ask(people, email);
    for (const { asking } of [first, second])
      expect(await refusalOf(signInWith(people, { email, code: first.code }, asking))).toBe(
        'sign_in.expired',
      );
    expect(await refusalOf(signInWith(people, { link: first.link }, first.asking))).toBe('sign_in.expired');
    expect(await refusalOf(signInWith(people, { email, code: second.code }, second.asking))).toBe('done');
  });

  it('ends after ten minutes, and so does its link', async () => {
    const email = newAddress();
    const { asking, code, link } = await ask(people, email);
    await people.service.rows.query(
      'UPDATE sign_in_codes SET expires_at = now() WHERE email = $1 AND ended_at IS NULL',
      [email],
    );
    expect(await refusalOf(signInWith(people, { email, code }, asking))).toBe('sign_in.expired');
    expect(await refusalOf(signInWith(people, { link }, asking))).toBe('sign_in.expired');
  });

  it('stands in no table, nor does any token', async () => {
    const email = newAddress();
    const { asking, code, link } = await ask(people, email);
    const { signIn: cookie } = await signInWith(people, { email, code }, asking);
    const tables = (await people.service.rows.query(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'`,
    )) as { name: string }[];
    const rows = await Promise.all(
      tables.map(({ name }) => people.service.rows.query(`SELECT * FROM ${name}`) as Promise<unknown>),
    );
    const text = JSON.stringify(rows);
    const token = link.split('#')[1] ?? '';
    expect([asking, token, cookie.value, `"${code}"`].filter((secret) => text.includes(secret))).toEqual([]);
    // The mailbox shows that these are the secrets.
    expect(JSON.stringify(people.mails)).toContain(token);
  });

  it('is not sent where mail is not set up, and nothing counts', async () => {
    const email = newAddress();
    people.outbox.isConfigured = false;
    for (let count = 0; count < 7; count += 1)
      expect(await refusalOf(ask(people, email))).toBe('mail.not_configured');
    people.outbox.isConfigured = true;
    expect(await refusalOf(ask(people, email))).toBe('done');
  });

  it('asked for again with the same Idempotency-Key is the same mail and cookie', async () => {
    const email = newAddress();
    const idempotency = { scope: 's', key: email, requestHash: 'h' };
    const input = { body: { email }, browser: browser(), baseUrl };
    const first = await people.service.ask(askSignInCode, input, everybody, { idempotency });
    const again = await people.service.ask(askSignInCode, input, everybody, { idempotency });
    expect(again).toEqual(first);
    expect(people.mails.filter((mail) => mail.email === email)).toHaveLength(1);
  });
});

describe('mails', () => {
  it('go out to one address five times an hour, however many ask, and not again after a used one', async () => {
    const email = newAddress();
    const asked = await Promise.all(Array.from({ length: 12 }, () => refusalOf(ask(people, email))));
    expect(asked.toSorted()).toEqual([
      ...Array.from({ length: 5 }, () => 'done'),
      ...Array.from({ length: 7 }, () => 'rate.limited'),
    ]);
    const refused = await people.service.refusal(
      askSignInCode,
      { body: { email: email.toUpperCase() }, browser: browser(), baseUrl },
      everybody,
    );
    expect(refused.code).toBe('rate.limited');
    expect(refused.extra.retryAfterSeconds).toBeGreaterThan(3_300);
  });

  it('go out for one network twenty times an hour', async () => {
    const asked = await Promise.all(
      Array.from({ length: 25 }, () => refusalOf(ask(people, newAddress(), '192.0.2.7'))),
    );
    expect(asked.filter((code) => code === 'done')).toHaveLength(20);
    expect(await refusalOf(ask(people, newAddress(), '192.0.2.8'))).toBe('done');
  });
});

describe('who is known', () => {
  /**
   * The statements about signing in and people that are sent while some work is done, in their order, as texts
   * without values. Transactions about other things are left out: the service has work of its own meanwhile.
   */
  const statementsOf = async (work: () => Promise<unknown>): Promise<string[]> => {
    const { rows } = people.service;
    const before = rows.logger;
    const byConnection = new Map<QueryRunner | undefined, string[]>();
    const quiet = () => undefined;
    rows.logger = {
      logQuery: (statement, _values, connection) => {
        const statements = byConnection.get(connection) ?? [];
        byConnection.set(connection, [...statements, statement.replaceAll(/\s+/g, ' ')]);
      },
      logQueryError: quiet,
      logQuerySlow: quiet,
      logSchemaBuild: quiet,
      logMigration: quiet,
      log: quiet,
    };
    try {
      await work();
    } finally {
      rows.logger = before;
    }
    const ofPeople = /\b(sign_in_\w+|users|memberships|companies)\b/;
    return [...byConnection.values()]
      .filter((statements) => statements.some((statement) => ofPeople.test(statement)))
      .flat();
  };

  it('shows in nothing that asking for a code does: the same statements, one mail, the same answer', async () => {
    const known = newAddress();
    await signUp(people.service, { en: 'Known' }, { contact: { name: 'A', email: known } });
    await enter(people, known);
    const unknown = newAddress();
    await ask(people, unknown);
    const [ofKnown, ofUnknown] = [
      await statementsOf(() => ask(people, known)),
      await statementsOf(() => ask(people, unknown)),
    ];
    // The statements of the work are seen, and none of them looks for a person: so its time can't depend on one.
    expect(ofKnown.some((statement) => statement.includes('INSERT INTO "sign_in_codes"'))).toBe(true);
    expect(ofKnown).toEqual(ofUnknown);
    expect(ofKnown.filter((statement) => /\b(users|memberships|companies)\b/.test(statement))).toEqual([]);
    const shapes = [known, unknown].map((email) => {
      const mail = people.mails.findLast((one) => one.email === email);
      const lengths = Object.entries(mail ?? {}).map(
        ([name, value]) => `${name} ${JSON.stringify(value).length - (name === 'email' ? email.length : 0)}`,
      );
      return lengths.toSorted();
    });
    expect(shapes[0]).toEqual(shapes[1]);
  });

  it('shows in no guess of a code, whether anybody asked for one or not', async () => {
    const known = newAddress();
    await enter(people, known);
    const guess = (email: string) => () =>
      refusalOf(signInWith(people, { email, code: '123456' }, 'x'.repeat(43)));
    const unknown = newAddress();
    expect(await guess(known)()).toBe('sign_in.other_browser');
    expect(await guess(unknown)()).toBe('sign_in.other_browser');
    expect(await statementsOf(guess(known))).toEqual(await statementsOf(guess(unknown)));
  });
});

describe('a link', () => {
  it('signs its own browser in, given whole or as the token', async () => {
    for (const part of [(link: string) => link, (link: string) => link.split('#')[1] ?? '']) {
      const email = newAddress();
      const { asking, link } = await ask(people, email);
      expect(link).toMatch(/^https:\/\/tour\.example\.org\/sign-in#[\w-]{43}$/);
      const { me } = await signInWith(people, { link: part(link) }, asking);
      expect(me.user?.email).toBe(email);
      expect(await refusalOf(signInWith(people, { link }, asking))).toBe('sign_in.expired');
    }
  });

  it('wants to be confirmed elsewhere, and asking for that uses nothing up', async () => {
    const { link } = await ask(people, newAddress());
    expect(await refusalOf(signInWith(people, { link }))).toBe('sign_in.confirm');
    expect(await refusalOf(signInWith(people, { link, confirm: true }))).toBe('done');
    expect(await refusalOf(signInWith(people, { link, confirm: true }))).toBe('sign_in.expired');
  });

  it('that nobody was sent is refused', async () => {
    expect(await refusalOf(signInWith(people, { link: 'x'.repeat(43), confirm: true }))).toBe(
      'sign_in.expired',
    );
  });
});

describe('an API key', () => {
  it('signs a browser in for twelve hours at most, which ends with it', async () => {
    const { company, apiKey } = await signUp(people.service, { en: 'Example Company' });
    await signUp(people.service, { en: 'Another' });
    const { me, signIn: cookie } = await signInWith(people, { apiKey });
    expect(me).toMatchObject({ role: 'company', companyId: company.id, user: null, memberships: [] });
    expect(cookie.maxAgeSeconds).toBeLessThanOrEqual(12 * 3_600);
    const caller = companyCaller(company.id);
    const { items } = await people.service.ask(listApiKeys, {}, caller);
    expect(me.keyId).toBe(items[0]?.id);
    await people.service.rows.query('UPDATE api_keys SET expires_at = now() WHERE id = $1', [me.keyId]);
    expect(await principalOf(people.service, cookie.value)).toBeUndefined();
    await people.service.rows.query('UPDATE api_keys SET expires_at = NULL WHERE id = $1', [me.keyId]);
    const second = await signInWith(people, { apiKey });
    const admin = { role: 'admin' as const, keyId: 'key-0' };
    await people.service.rows.query(
      `INSERT INTO api_keys (id, key_hash, role, label, company_id) VALUES (gen_random_uuid(), 'other', 'company', 'x', $1)`,
      [company.id],
    );
    await people.service.ask(deleteApiKey, { id: me.keyId ?? '' }, admin);
    expect(await principalOf(people.service, second.signIn.value)).toBeUndefined();
  });

  it('that is none signs nobody in', async () => {
    expect(await refusalOf(signInWith(people, { apiKey: 'x'.repeat(40) }))).toBe('auth.required');
  });

  it('of the environment works as well', async () => {
    const { me } = await signInWith(people, { apiKey: settings.ORGANIZER_KEY });
    expect(me).toMatchObject({ role: 'organizer', organizationId, user: null });
  });
});

describe('a person', () => {
  it('is a member of the companies whose contact address it proves', async () => {
    const email = newAddress();
    const { company } = await signUp(people.service, { en: 'Mine' }, { contact: { name: 'A', email } });
    const { me } = await enter(people, email.toUpperCase());
    expect(me).toMatchObject({ role: 'company', companyId: company.id });
    expect(me.memberships).toEqual([
      { id: expect.any(String), role: 'company', company: { id: company.id, name: { en: 'Mine' } } },
    ]);
  });

  it('that a token of the issuer names is a user, who joins what it was invited to', async () => {
    const email = newAddress();
    const { company } = await signUp(people.service, { en: 'Mine' }, { contact: { name: 'A', email } });
    await people.service.ask(inviteMember, { body: { email }, baseUrl }, organizer);
    const person = { email, name: '示例用户' };
    const { userId } = await people.service.ask(ensureTokenUser, person, everybody);
    expect(await people.service.ask(ensureTokenUser, person, everybody)).toEqual({ userId });
    const me = await people.service.ask(getMe, {}, { ...organizer, userId });
    expect(me).toMatchObject({
      role: 'organizer',
      keyId: null,
      user: { id: userId, email, name: '示例用户' },
    });
    expect(me.memberships.map(({ role }) => role).toSorted()).toEqual(['company', 'organizer']);
    expect((await enter(people, email)).me.memberships).toEqual(me.memberships);
    expect(me.memberships.flatMap((one) => one.company?.id ?? [])).toEqual([company.id]);
  });

  it('acts as the membership that it chose last, under a new token each time', async () => {
    const email = newAddress();
    const contact = { name: 'A', email };
    const first = await signUp(people.service, { en: 'First' }, { contact });
    const second = await signUp(people.service, { en: 'Second' }, { contact });
    const entered = await enter(people, email);
    expect(entered.me.companyId).toBe(first.company.id);
    const [, other] = entered.me.memberships;
    const changed = await people.service.ask(
      actAs,
      { body: { membershipId: other?.id ?? '' } },
      entered.caller,
    );
    expect(changed.me.companyId).toBe(second.company.id);
    expect(changed.signIn.value).not.toBe(entered.signIn.value);
    expect(await principalOf(people.service, entered.signIn.value)).toBeUndefined();
    expect((await enter(people, email)).me.companyId).toBe(second.company.id);
  });

  it("can't act as somebody else's membership", async () => {
    const email = newAddress();
    await signUp(people.service, { en: 'Theirs' }, { contact: { name: 'A', email } });
    const { me } = await enter(people, email);
    const { caller } = await enter(people, newAddress());
    const refused = await people.service.refusal(
      actAs,
      { body: { membershipId: me.memberships[0]?.id ?? '' } },
      caller,
    );
    expect(refused.code).toBe('resource.not_found');
  });

  it('changes its name and language, and clears the name', async () => {
    const { caller } = await enter(people, newAddress());
    const changed = await people.service.ask(
      updateMe,
      { body: { name: '示例用户', language: 'en' } },
      caller,
    );
    expect(changed.user).toMatchObject({ name: '示例用户', language: 'en' });
    const cleared = await people.service.ask(updateMe, { body: { name: null } }, caller);
    expect(cleared.user).toMatchObject({ name: null, language: 'en' });
    expect(await people.service.ask(getMe, {}, caller)).toEqual(cleared);
  });

  it('without a company signs one up as its first member, once', async () => {
    const email = newAddress();
    const { caller, signIn: before } = await enter(people, email);
    const draft = draftOf({ en: 'Founded' });
    const founded = await people.service.ask(foundCompany, { body: draft }, caller);
    expect(founded.company.contact).toBeDefined();
    expect(await principalOf(people.service, before.value)).toBeUndefined();
    const principal = await principalOf(people.service, founded.signIn.value);
    expect(principal).toMatchObject({ role: 'company', companyId: founded.company.id });
    const next = await callerOf(people, { signIn: founded.signIn } as never);
    const again = await people.service.refusal(foundCompany, { body: draftOf({ en: 'Second' }) }, next);
    expect(again.code).toBe('auth.forbidden');
    const taken = await people.service.refusal(createCompany, { body: draft }, everybody);
    expect(taken.code).toBe('company.uscc_taken');
  });

  it('lets the last key of its company go', async () => {
    const email = newAddress();
    const { company } = await signUp(people.service, { en: 'Keyless' }, { contact: { name: 'A', email } });
    const caller = companyCaller(company.id);
    const { items } = await people.service.ask(listApiKeys, {}, caller);
    const id = items[0]?.id ?? '';
    expect((await people.service.refusal(deleteApiKey, { id }, caller)).code).toBe('key.last');
    await enter(people, email);
    expect(await people.service.ask(deleteApiKey, { id }, caller)).toBeNull();
  });
});

describe('sign-ins', () => {
  it('are listed and ended, one by one', async () => {
    const email = newAddress();
    const first = await enter(people, email);
    const second = await enter(people, email);
    const { items } = await people.service.ask(listSignIns, {}, second.caller);
    expect(items.map(({ id, current, userAgent }) => [id, current, userAgent])).toEqual([
      [first.caller.signInId, false, 'Test'],
      [second.caller.signInId, true, 'Test'],
    ]);
    await people.service.ask(endSignIn, { id: first.caller.signInId ?? '' }, second.caller);
    expect(await principalOf(people.service, first.signIn.value)).toBeUndefined();
    expect(await principalOf(people.service, second.signIn.value)).toBeDefined();
  });

  it('of others are not there', async () => {
    const one = await enter(people, newAddress());
    const other = await enter(people, newAddress());
    const id = one.caller.signInId ?? '';
    for (const caller of [other.caller, companyCaller('01990000-0000-7000-8000-0000000000c1')])
      expect((await people.service.refusal(endSignIn, { id }, caller)).code).toBe('resource.not_found');
  });

  it('end at signing out, and gateways that ask learn of it', async () => {
    const { caller, signIn: cookie } = await enter(people, newAddress());
    const since = new Date().toISOString();
    await people.service.ask(signOut, {}, caller);
    expect(await principalOf(people.service, cookie.value)).toBeUndefined();
    const { signInIds } = await people.service.ask(keysEndedSince, { since }, systemCaller);
    expect(signInIds).toContain(caller.signInId);
  });

  it('begin anew where their browser signs in again', async () => {
    const email = newAddress();
    const first = await enter(people, email);
    const { asking, code } = await ask(people, email);
    await signInWith(people, { email, code }, asking, first.caller);
    expect(await principalOf(people.service, first.signIn.value)).toBeUndefined();
  });

  it('repeated with the same Idempotency-Key answer with the same cookie', async () => {
    const email = newAddress();
    const { asking, code } = await ask(people, email);
    const input = { body: { email, code }, browser: browser({ askingToken: asking }) };
    const idempotency = { scope: 'browser', key: email, requestHash: 'h' };
    const { signIn } = await import('#contracts');
    const first = await people.service.ask(signIn, input, everybody, { idempotency });
    const again = await people.service.ask(signIn, input, everybody, { idempotency });
    expect(again.signIn.value).toBe(first.signIn.value);
  });
});
