import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { planRegistration } from './plan-registration.js';
import { PlannedMails, step, type Mistake, type Step } from './testing/planned-mails.js';

const runs = Number(process.env['SIMULATION_SEEDS'] ?? 300);

/** Whatever happens between plans that may be killed, mails are planned once more at the end. */
function play(steps: readonly Step[], mistake: Mistake = 'none'): PlannedMails {
  const mails = new PlannedMails(mistake);
  for (const one of steps) mails.take(one);
  mails.take({ kind: 'plan', killed: false });
  return mails;
}

describe('the mails of a registration, simulated', () => {
  it(`leave every calendar as the seats are, whatever happened meanwhile (${runs} seeds)`, () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const mails = play(steps);
        expect(mails.calendars()).toEqual(mails.seats());
        expect(mails.wrong).toEqual([]);
      }),
      { numRuns: runs },
    );
  });

  it('are none where nothing happened since the last ones', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const mails = play(steps);
        const before = mails.sent.length;
        mails.take({ kind: 'plan', killed: false });
        expect(mails.sent).toHaveLength(before);
      }),
      { numRuns: runs },
    );
  });

  it('are two at most for one that flips fifty times between two looks, and none for one that comes and goes', () => {
    const flips = Array.from({ length: 50 }, (_, turn): Step => {
      return { kind: 'status', status: turn % 2 === 0 ? 'waitlisted' : 'confirmed' };
    });
    const confirmed: Step[] = [
      { kind: 'status', status: 'confirmed' },
      { kind: 'plan', killed: false },
    ];
    expect(play([...confirmed, ...flips]).sent).toHaveLength(play(confirmed).sent.length);
    expect(play([{ kind: 'status', status: 'cancelled' }]).sent).toEqual([]);
  });

  it.each<[Mistake, readonly Step[]]>([
    ['compares no fingerprints', [{ kind: 'status', status: 'confirmed' }]],
    ['forgets what it mailed', [{ kind: 'status', status: 'confirmed' }]],
    [
      'never ends entries',
      [
        { kind: 'status', status: 'confirmed' },
        { kind: 'join' },
        { kind: 'plan', killed: false },
        { kind: 'leave' },
      ],
    ],
  ])('would show a build that %s', (mistake, steps) => {
    const mails = play([...steps, { kind: 'plan', killed: false }], mistake);
    const isRight =
      mails.wrong.length === 0 && JSON.stringify(mails.calendars()) === JSON.stringify(mails.seats());
    const before = mails.sent.length;
    mails.take({ kind: 'plan', killed: false });
    expect(isRight && mails.sent.length === before).toBe(false);
    expect(play([...steps, { kind: 'plan', killed: false }]).wrong).toEqual([]);
  });
});

describe('the first mails after mail was switched on', () => {
  const plan = (news: object) =>
    planRegistration({
      now: {
        registrationId: 'r',
        companyId: 'c',
        stopId: 's',
        status: 'confirmed',
        version: 2,
        people: [{ delegateId: 'd', addressHash: 'h' }],
        departed: [],
      },
      stop: { status: 'published', version: 1, fingerprint: 'f', startsAt: '2027-01-16T01:00:00Z' },
      news,
      notified: null,
      uids: [],
      at: new Date('2026-12-01T00:00:00Z'),
    }).notices.map(({ kind }) => kind);

  it('are none for what was confirmed before', () => {
    expect(plan({ status: 'confirmed', delegateIds: ['d'] })).toEqual([]);
    expect(plan({})).toEqual([]);
  });

  it('are those of a promotion where it waited before', () => {
    expect(plan({ status: 'waitlisted', delegateIds: ['d'] })).toEqual([
      'registration-promoted',
      'seat-promoted',
    ]);
  });
});
