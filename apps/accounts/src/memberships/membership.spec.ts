import { describe, expect, it } from '@jest/globals';
import { Problem, type Caller } from '#contracts';
import {
  chooseMembership,
  grantMembership,
  presentMember,
  refuseRemoving,
  type MembershipRecord,
} from './membership.js';

const at = (second: number) => new Date(second * 1_000);
const member = (id: string, over: Partial<MembershipRecord> = {}): MembershipRecord => ({
  id,
  userId: `user of ${id}`,
  role: 'organizer',
  organizationId: 'o1',
  companyId: null,
  stopId: null,
  createdAt: at(0),
  joinedAt: at(1),
  lastUsedAt: null,
  ...over,
});
const organizer: Caller = { role: 'organizer', keyId: 'k', organizationId: 'o1' };
const company: Caller = { role: 'company', keyId: 'k', companyId: 'c1' };

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
  return 'done';
}

describe('an invitation', () => {
  it('is to the own role, or for one stop', () => {
    expect(grantMembership(organizer, {})).toMatchObject({ role: 'organizer', organizationId: 'o1' });
    expect(grantMembership(company, {})).toMatchObject({
      role: 'company',
      companyId: 'c1',
      organizationId: null,
    });
    expect(grantMembership(organizer, { role: 'staff', stopId: 's1' })).toMatchObject({
      role: 'staff',
      stopId: 's1',
    });
  });

  it.each<[string, Caller, Parameters<typeof grantMembership>[1], string]>([
    ['of an organizer by a company', company, { role: 'organizer' }, 'auth.forbidden'],
    ['of staff by a company', company, { role: 'staff', stopId: 's1' }, 'auth.forbidden'],
    ['of a company by an organizer', organizer, { role: 'company' }, 'auth.forbidden'],
    ['of staff without a stop', organizer, { role: 'staff' }, 'request.invalid'],
    ['of an organizer for a stop', organizer, { stopId: 's1' }, 'request.invalid'],
  ])('%s is refused', (_what, caller, invitation, code) => {
    expect(codeOf(() => grantMembership(caller, invitation))).toBe(code);
  });
});

describe('removing', () => {
  const staff = member('s', { role: 'staff', stopId: 'stop' });
  const invited = member('i', { joinedAt: null });

  it.each<[string, MembershipRecord, MembershipRecord[], string]>([
    ['the only organizer', member('a'), [member('a')], 'member.last'],
    ['the only one beside an invitation', member('a'), [member('a'), invited], 'member.last'],
    ['the only one beside door staff', member('a'), [member('a'), staff], 'member.last'],
    ['one of two', member('a'), [member('a'), member('b')], 'done'],
    ['an invitation', invited, [invited], 'done'],
    ['door staff', staff, [staff], 'done'],
  ])('%s', (_what, removed, all, code) => expect(codeOf(() => refuseRemoving(removed, all))).toBe(code));
});

describe('a member', () => {
  it('is shown with a name once it has joined', () => {
    const person = { email: 'a@example.com', name: 'A' };
    expect(presentMember(member('a'), person)).toMatchObject({ name: 'A', state: 'joined' });
    expect(presentMember(member('a', { joinedAt: null }), person)).toMatchObject({
      name: null,
      state: 'invited',
    });
  });
});

describe('a new sign-in acts as', () => {
  it.each<[string, MembershipRecord[], string | undefined]>([
    ['nothing without memberships', [], undefined],
    ['nothing as long as it is only invited', [member('a', { joinedAt: null })], undefined],
    ['the oldest at first', [member('b', { createdAt: at(2) }), member('a', { createdAt: at(1) })], 'a'],
    ['the one used last', [member('a', { lastUsedAt: at(1) }), member('b', { lastUsedAt: at(2) })], 'b'],
    [
      'a used one before an older unused one',
      [member('a'), member('b', { createdAt: at(9), lastUsedAt: at(9) })],
      'b',
    ],
  ])('%s', (_what, all, expected) => expect(chooseMembership(all)?.id).toBe(expected));
});
