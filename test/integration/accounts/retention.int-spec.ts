import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inviteMember, listSignIns, noteKeysUsed, signOut, systemCaller } from '#contracts';
import type { Transaction } from '#persistence';
import { MembershipRepository } from '../../../apps/accounts/src/memberships/membership.repository.js';
import { SignInRepository } from '../../../apps/accounts/src/sign-ins/sign-in.repository.js';
import { SignInCodeRepository } from '../../../apps/accounts/src/signing-in/sign-in-code.repository.js';
import { UserRepository } from '../../../apps/accounts/src/users/user.repository.js';
import { ask, baseUrl, enter, startPeople, type People } from './people.js';
import { organizationId, organizer } from './scenario.js';

let people: People;

beforeAll(async () => {
  people = await startPeople(organizationId);
}, 300_000);

afterAll(() => people.service.stop());

const inTransaction = <T>(work: (manager: Transaction) => Promise<T>): Promise<T> => {
  const [service] = people.service.services;
  if (service === undefined) throw new Error('The service is not running.');
  return service.unitOfWork.transaction(work);
};
const tomorrow = () => new Date(Date.now() + 86_400_000);
const yesterday = () => new Date(Date.now() - 86_400_000);
const emails = async (): Promise<string[]> =>
  ((await people.service.rows.query('SELECT email FROM users ORDER BY email')) as { email: string }[]).map(
    ({ email }) => email,
  );
const countOf = async (table: string): Promise<number> =>
  ((await people.service.rows.query(`SELECT count(*)::int AS count FROM ${table}`)) as { count: number }[])[0]
    ?.count ?? 0;

describe('what is kept of people', () => {
  it('a sign-in says when it was seen last, never earlier than before', async () => {
    const { caller } = await enter(people, 'seen@example.com');
    const usedAt = new Date(Date.now() + 60_000).toISOString();
    for (const at of [usedAt, new Date(0).toISOString()])
      await people.service.ask(
        noteKeysUsed,
        { keys: [{ keyId: caller.signInId ?? '', usedAt: at }] },
        systemCaller,
      );
    const { items } = await people.service.ask(listSignIns, {}, caller);
    expect(items.map(({ lastSeenAt }) => Date.parse(lastSeenAt))).toEqual([Date.parse(usedAt)]);
  });

  it('people who belong to nothing go once nobody has seen them for long, with their sign-ins', async () => {
    const users = new UserRepository();
    await people.service.ask(inviteMember, { body: { email: 'member@example.com' }, baseUrl }, organizer);
    await enter(people, 'member@example.com');
    await enter(people, 'nobody@example.com');
    expect(await inTransaction((manager) => users.deleteUnused(manager, yesterday(), 100))).toBe(0);
    expect(await emails()).toEqual(['member@example.com', 'nobody@example.com', 'seen@example.com']);
    expect(await inTransaction((manager) => users.deleteUnused(manager, tomorrow(), 1))).toBe(1);
    expect(await inTransaction((manager) => users.deleteUnused(manager, tomorrow(), 100))).toBe(1);
    expect(await emails()).toEqual(['member@example.com']);
    const live: unknown = await people.service.rows.query(
      'SELECT count(*)::int AS count FROM sign_ins WHERE ended_at IS NULL',
    );
    expect(live).toEqual([{ count: 1 }]);
  });

  it('invitations that nobody followed go, joined memberships stay', async () => {
    await people.service.ask(inviteMember, { body: { email: 'invited@example.com' }, baseUrl }, organizer);
    const memberships = new MembershipRepository();
    expect(await inTransaction((manager) => memberships.pruneInvitations(manager, yesterday()))).toBe(0);
    expect(await inTransaction((manager) => memberships.pruneInvitations(manager, tomorrow()))).toBe(1);
    expect(await countOf('memberships')).toBe(1);
  });

  it('ended sign-ins and old mails go', async () => {
    const signIns = new SignInRepository();
    const { caller } = await enter(people, 'leaves@example.com');
    await people.service.ask(signOut, {}, caller);
    const before = await countOf('sign_ins');
    expect(await inTransaction((manager) => signIns.prune(manager, yesterday(), 100))).toBe(0);
    // Those of people who were erased, and this one.
    expect(await inTransaction((manager) => signIns.prune(manager, tomorrow(), 100))).toBe(3);
    expect(await countOf('sign_ins')).toBe(before - 3);
    await ask(people, 'asks@example.com');
    const codes = new SignInCodeRepository();
    await inTransaction((manager) => codes.prune(manager, yesterday()));
    expect(await countOf('sign_in_codes')).toBeGreaterThan(0);
    await inTransaction((manager) => codes.prune(manager, tomorrow()));
    expect(await countOf('sign_in_codes')).toBe(0);
  });

  it('the address stands in no row of a mail once its code was used', async () => {
    await enter(people, 'used@example.com');
    const rows: unknown = await people.service.rows.query('SELECT email FROM sign_in_codes');
    expect(rows).toEqual([{ email: null }]);
  });
});
