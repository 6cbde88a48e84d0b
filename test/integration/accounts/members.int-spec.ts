import 'reflect-metadata';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  auditLists,
  createDoorPass,
  deleteDoorPass,
  inviteMember,
  listDoorPasses,
  listMembers,
  removeMember,
  stopChanged,
  type Caller,
} from '#contracts';
import { inSomeTry } from '#service/testing/patience';
import { outcomes } from '../../support/outcomes.js';
import { withoutRowLocks } from '../../support/without-row-locks.js';
import {
  ask,
  baseUrl,
  enter,
  principalOf,
  refusalOf,
  signInWith,
  startPeople,
  stopId,
  type People,
} from './people.js';
import { companyCaller, organizationId, organizer, signUp } from './scenario.js';

let guarded: People;
let people: People;
let addresses = 0;
const newAddress = () => `member-${(addresses += 1)}@example.com`;

beforeAll(async () => {
  guarded = await startPeople(organizationId, 2);
}, 300_000);

afterAll(() => guarded.service.stop());

beforeEach(() => {
  people = guarded;
});

afterEach(async () => {
  await people.service.rows.query('DROP TRIGGER IF EXISTS slow ON memberships');
  await people.service.rows.query('DROP TRIGGER IF EXISTS slow ON sign_in_codes');
  if (people !== guarded) await people.service.stop();
});

const invite = (email: string, by: Caller = organizer, more: object = {}) =>
  people.service.ask(inviteMember, { body: { email, ...more }, baseUrl }, by);
const members = async (of: Caller) => (await people.service.ask(listMembers, { limit: 200 }, of)).items;

/** An organization of its own, with so many members who have joined. */
async function organizationWith(count: number): Promise<{ caller: Caller; ids: string[] }> {
  const id = crypto.randomUUID();
  await people.service.rows.query(`INSERT INTO organizations (id, name) VALUES ($1, '{"en":"Own"}')`, [id]);
  const caller: Caller = { role: 'organizer', keyId: 'key-2', organizationId: id };
  for (let one = 0; one < count; one += 1) {
    const email = newAddress();
    await invite(email, caller);
    await enter(people, email);
  }
  return { caller, ids: (await members(caller)).map(({ id: member }) => member) };
}

/** Seconds for tries of a race that a busy machine spoils where they are few. */
const longer = [0.2, 1, 5];

/** Every change of a table takes a while, so that those which start together have all read before one commits. */
async function slow(table: string, when: string, seconds = 0.2): Promise<void> {
  await people.service.rows.query(`
    CREATE OR REPLACE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN PERFORM pg_sleep(${seconds}); RETURN coalesce(NEW, OLD); END $$;
    CREATE OR REPLACE TRIGGER slow BEFORE ${when} ON ${table} FOR EACH ROW EXECUTE FUNCTION wait();
  `);
}

async function startUnguarded(): Promise<void> {
  people = await startPeople(organizationId, 2);
  withoutRowLocks(people.service);
}

describe('an invitation', () => {
  it('sends a mail without a token, and is joined by the first sign-in', async () => {
    const email = newAddress();
    const member = await invite(email);
    expect(member).toMatchObject({ email, name: null, role: 'organizer', stopId: null, state: 'invited' });
    const mail = people.mails.find((one) => one.email === email);
    expect(mail).toMatchObject({ kind: 'invitation', role: 'organizer', link: `${baseUrl}/sign-in` });
    expect(mail?.organization).toEqual({ zh: '主办方', en: 'Organizer' });
    const { me } = await enter(people, email);
    expect(me).toMatchObject({ role: 'organizer', organizationId });
    const found = (await members(organizer)).find(({ id }) => id === member.id);
    expect(found?.state).toBe('joined');
  });

  it('sent again sends again and makes nothing new; who has joined gets no mail', async () => {
    const email = newAddress();
    const first = await invite(email);
    const second = await invite(email.toUpperCase());
    expect(second.id).toBe(first.id);
    const mails = () => people.mails.filter((one) => one.email === email && one.kind === 'invitation').length;
    expect(mails()).toBe(2);
    await enter(people, email);
    expect((await invite(email)).state).toBe('joined');
    expect(mails()).toBe(2);
  });

  it('made ten times at once is one', async () => {
    const email = newAddress();
    await slow('memberships', 'INSERT');
    const all = await Promise.all(Array.from({ length: 10 }, () => invite(email)));
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    expect((await members(organizer)).filter((one) => one.email === email)).toHaveLength(1);
  });

  it('made ten times at once, negative control: without the constraint there are several', async () => {
    people = await startPeople(organizationId, 2);
    await people.service.rows.query(`
      ALTER TABLE memberships DROP CONSTRAINT memberships_once;
      ALTER TABLE memberships ADD CONSTRAINT memberships_once UNIQUE (id, user_id)`);
    const email = newAddress();
    const all = await Promise.all(Array.from({ length: 10 }, () => invite(email)));
    expect(new Set(all.map(({ id }) => id)).size).toBe(10);
  });

  it('can flood no address, from however many inviters', async () => {
    const email = newAddress();
    const sent = await Promise.all(Array.from({ length: 14 }, () => refusalOf(invite(email))));
    expect(sent.filter((code) => code === 'done')).toHaveLength(10);
    expect(sent.filter((code) => code === 'rate.limited')).toHaveLength(4);
  });

  it('where mail is not set up makes nothing', async () => {
    const email = newAddress();
    people.outbox.isConfigured = false;
    expect(await refusalOf(invite(email))).toBe('mail.not_configured');
    people.outbox.isConfigured = true;
    expect((await members(organizer)).filter((one) => one.email === email)).toEqual([]);
  });

  it('is of the own kind alone', async () => {
    const { company } = await signUp(people.service, { en: 'Example Company' });
    const caller = companyCaller(company.id);
    expect((await invite(newAddress(), caller)).role).toBe('company');
    expect(await refusalOf(invite(newAddress(), caller, { role: 'organizer' }))).toBe('auth.forbidden');
    expect(await refusalOf(invite(newAddress(), organizer, { role: 'company' }))).toBe('auth.forbidden');
    expect(await refusalOf(invite(newAddress(), organizer, { role: 'staff' }))).toBe('request.invalid');
    const foreign = { role: 'staff', stopId: crypto.randomUUID() };
    expect(await refusalOf(invite(newAddress(), organizer, foreign))).toBe('resource.not_found');
    const staff = await invite(newAddress(), organizer, { role: 'staff', stopId });
    expect(staff).toMatchObject({ role: 'staff', stopId });
    expect((await enter(people, staff.email)).me).toMatchObject({
      role: 'staff',
      stopId,
      memberships: [{ stop: { id: stopId, name: { zh: '成都站' } } }],
    });
  });
});

describe('removing a member', () => {
  it('ends what acts as it, and erases who belongs to nothing else', async () => {
    const { caller, ids } = await organizationWith(2);
    const email = newAddress();
    const member = await invite(email, caller);
    const entered = await enter(people, email);
    await people.service.ask(removeMember, { id: member.id }, caller);
    expect(await principalOf(people.service, entered.signIn.value)).toBeUndefined();
    const rows: unknown = await people.service.rows.query(
      `SELECT (SELECT count(*) FROM users WHERE email = $1)::int AS users,
              (SELECT count(*) FROM audit WHERE before::text || after::text LIKE '%' || $1 || '%')::int AS audit,
              (SELECT count(*) FROM idempotency WHERE answer LIKE '%' || $1 || '%')::int AS answers`,
      [email],
    );
    expect(rows).toEqual([{ users: 0, audit: 0, answers: 0 }]);
    expect((await members(caller)).map(({ id }) => id)).toEqual(ids);
  });

  it('keeps the person who belongs elsewhere, signed in there', async () => {
    const { caller } = await organizationWith(1);
    const email = newAddress();
    const { company } = await signUp(people.service, { en: 'Theirs' }, { contact: { name: 'A', email } });
    const first = await enter(people, email);
    const member = await invite(email, caller);
    await enter(people, email);
    await people.service.ask(removeMember, { id: member.id }, caller);
    expect(await principalOf(people.service, first.signIn.value)).toMatchObject({ companyId: company.id });
  });

  it('leaves the last joined organizer, and the last joined of a company', async () => {
    const { caller, ids } = await organizationWith(1);
    await invite(newAddress(), caller);
    const [last = ''] = ids;
    expect(await refusalOf(people.service.ask(removeMember, { id: last }, caller))).toBe('member.last');
    const email = newAddress();
    const { company } = await signUp(people.service, { en: 'Own' }, { contact: { name: 'A', email } });
    await enter(people, email);
    const own = companyCaller(company.id);
    const [member] = await members(own);
    expect(await refusalOf(people.service.ask(removeMember, { id: member?.id ?? '' }, own))).toBe(
      'member.last',
    );
  });

  it('is not for others', async () => {
    const { ids } = await organizationWith(2);
    const { company } = await signUp(people.service, { en: 'Other' });
    for (const caller of [organizer, companyCaller(company.id)])
      expect(await refusalOf(people.service.ask(removeMember, { id: ids[0] ?? '' }, caller))).toBe(
        'resource.not_found',
      );
  });

  const removeAll = ({ caller, ids }: { caller: Caller; ids: string[] }) =>
    outcomes(ids.map((id) => people.service.ask(removeMember, { id }, caller)));

  it('of the last two at once leaves one', async () => {
    const two = await organizationWith(2);
    await slow('memberships', 'DELETE');
    expect(await removeAll(two)).toEqual(['done', 'member.last']);
  });

  it('of the last two at once, negative control: without the row locks both go', async () => {
    await startUnguarded();
    await inSomeTry(async (index) => {
      const two = await organizationWith(2);
      await slow('memberships', 'DELETE', longer[index]);
      expect(await removeAll(two)).toEqual(['done', 'done']);
    }, longer.length);
  });

  it('is in the audit by ids, with the person who did it', async () => {
    const { caller } = await organizationWith(1);
    const email = newAddress();
    await invite(email, caller);
    const person = await enter(people, email);
    const { id } = await invite(newAddress(), person.caller);
    const audit = auditLists.accounts;
    const { items } = await people.service.ask(audit, { resourceType: 'member', resourceId: id }, caller);
    expect(items).toMatchObject([
      { action: 'member.invite', actor: { role: 'organizer', keyId: null, userId: person.me.user?.id } },
    ]);
    expect(JSON.stringify(items)).not.toContain('@');
  });
});

describe('one code, used twice at once', () => {
  const atOnce = 8;
  const useTwice = async (seconds?: number) => {
    const email = newAddress();
    const { asking, code } = await ask(people, email);
    await slow('sign_in_codes', 'UPDATE', seconds);
    // A replica signs in one at a time, and requests of one turn travel to one of them together: these go to both.
    const requests: Promise<unknown>[] = [];
    for (let index = 0; index < atOnce; index += 1) {
      requests.push(signInWith(people, { email, code }, asking));
      requests.at(-1)?.catch(() => undefined);
      await nextTurn();
    }
    return outcomes(requests);
  };

  it('signs in once', async () => {
    expect(await useTwice()).toEqual(['done', ...Array<string>(atOnce - 1).fill('sign_in.expired')]);
  });

  it('negative control: without the row locks it signs in more than once', async () => {
    await startUnguarded();
    await inSomeTry(async (index) => {
      expect((await useTwice(longer[index])).filter((code) => code === 'done').length).toBeGreaterThan(1);
    }, longer.length);
  });

  it('a rush of guesses has five tries', async () => {
    const email = newAddress();
    const { asking, code } = await ask(people, email);
    const guesses = Array.from({ length: 40 }, (_, index) => String(index).padStart(6, '0'));
    const codes = await Promise.all(
      guesses
        .filter((guess) => guess !== code)
        .map((guess) => refusalOf(signInWith(people, { email, code: guess }, asking))),
    );
    expect(codes.filter((one) => one === 'sign_in.wrong_code')).toHaveLength(5);
    expect(new Set(codes)).toEqual(new Set(['sign_in.wrong_code', 'sign_in.expired']));
  });
});

describe('a door pass', () => {
  const make = () =>
    people.service.ask(createDoorPass, { stopId, body: { label: '一号门' }, baseUrl }, organizer);

  it('signs one phone in, once, as staff of its stop', async () => {
    const { id, url, expiresAt } = await make();
    expect(url).toMatch(/^https:\/\/tour\.example\.org\/door\/join#[\w-]{43}$/);
    expect(Date.parse(expiresAt)).toBe(Date.parse(String(people.stop['endsAt'])) + 86_400_000);
    const { me, signIn: cookie } = await signInWith(people, { pass: url });
    expect(me).toEqual({
      role: 'staff',
      organizationId,
      companyId: null,
      stopId,
      keyId: null,
      user: null,
      memberships: [],
    });
    expect(await refusalOf(signInWith(people, { pass: url }))).toBe('sign_in.expired');
    const { items } = await people.service.ask(listDoorPasses, { stopId }, organizer);
    expect(items.find((pass) => pass.id === id)?.usedAt).not.toBeNull();
    expect(await principalOf(people.service, cookie.value)).toMatchObject({
      role: 'staff',
      madeWith: id,
      expiresAt,
    });
  });

  it('scanned by three phones at once signs one in', async () => {
    const { url } = await make();
    const codes = await outcomes([0, 1, 2].map(() => signInWith(people, { pass: url })));
    expect(codes).toEqual(['done', 'sign_in.expired', 'sign_in.expired']);
  });

  it('deleted ends its phone, and signs nobody in any more', async () => {
    const [used, unused] = [await make(), await make()];
    const { signIn: cookie } = await signInWith(people, { pass: used.url });
    for (const { id } of [used, unused]) await people.service.ask(deleteDoorPass, { stopId, id }, organizer);
    expect(await principalOf(people.service, cookie.value)).toBeUndefined();
    expect(await refusalOf(signInWith(people, { pass: unused.url }))).toBe('sign_in.expired');
  });

  it('follows its stop to another day, and ends where the stop is cancelled', async () => {
    const { url } = await make();
    const { signIn: cookie } = await signInWith(people, { pass: url });
    const moved = new Date(Date.now() + 40 * 86_400_000).toISOString();
    const publish = (state: object) =>
      people.service.broker.connection.publish(
        stopChanged.subject,
        JSON.stringify({
          specversion: '1.0',
          id: crypto.randomUUID(),
          source: '/waystop/stops',
          type: stopChanged.subject,
          subject: stopId,
          time: new Date().toISOString(),
          datacontenttype: 'application/json',
          data: { ...people.stop, ...state },
        }),
      );
    const until = async (fits: (found: Awaited<ReturnType<typeof principalOf>>) => boolean) => {
      for (let count = 0; count < 1_200; count += 1) {
        const found = await principalOf(people.service, cookie.value);
        if (fits(found)) return;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error('The pass did not follow its stop.');
    };
    publish({ endsAt: moved, version: 2 });
    await until(
      (found) =>
        found?.expiresAt === new Date(Date.parse(moved) + 86_400_000).toISOString().replace('.000Z', 'Z'),
    );
    publish({ endsAt: moved, status: 'cancelled', version: 3 });
    await until((found) => found === undefined);
  });

  it('is for stops of the own organization alone', async () => {
    const other: Caller = { role: 'organizer', keyId: 'k', organizationId: crypto.randomUUID() };
    const { id } = await make();
    const asked = [
      people.service.ask(createDoorPass, { stopId, body: { label: 'x' }, baseUrl }, other),
      people.service.ask(listDoorPasses, { stopId }, other),
      people.service.ask(deleteDoorPass, { stopId, id }, other),
    ];
    const codes = await Promise.all(asked.map((one) => refusalOf(one)));
    for (const code of codes) expect(code).toBe('resource.not_found');
  });
});
