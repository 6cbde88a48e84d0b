import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { noMoves, inverse, made, planWith, redone, refused, saved, undone, type Move } from './moves.js';
import { movedByOthers, newest } from './colleagues.js';
import { placeOf } from './place.js';
import { aScheduled, aSession } from './sessions.fixture.js';

const [first, second] = [aScheduled('a', 'r1', '01:00'), aScheduled('b', 'r2', '02:00')];
const free = aSession({ id: 'c' });
const plan = [first, second, free];
const to = { roomId: 'r2', startsAt: '2027-01-16T05:00:00Z' };
const move: Move = { kind: 'place', sessionId: 'a', from: placeOf(first), to };
const swap: Move = { kind: 'swap', sessionId: 'a', withId: 'b', from: placeOf(first), to: placeOf(second) };

describe('moves', () => {
  it('are in the plan before they are saved, with their end', () => {
    const { pending } = made(noMoves, move, 1, 'k');
    expect(planWith(plan, pending)[0]).toMatchObject({ ...to, endsAt: '2027-01-16T05:30:00Z' });
  });

  it('change places', () => {
    const [one, other] = planWith(plan, made(noMoves, swap, 1, 'k').pending);
    expect([one && placeOf(one), other && placeOf(other)]).toEqual([placeOf(second), placeOf(first)]);
  });

  it('are made once in a plan that came in with them', () => {
    const { pending } = made(noMoves, swap, 1, 'k');
    const since = planWith(plan, pending);
    expect(planWith(since, pending).map(placeOf)).toEqual(since.map(placeOf));
  });

  it('are taken back by their inverse, whatever they are', () => {
    const places = fc.option(
      fc.record({ roomId: fc.constantFrom('r1', 'r2'), startsAt: fc.constant(to.startsAt) }),
    );
    fc.assert(
      fc.property(fc.array(fc.record({ at: fc.nat(2), to: places, isSwap: fc.boolean() })), (wanted) => {
        let now = plan as readonly (typeof first)[];
        const done: Move[] = [];
        for (const { at, to: goal, isSwap } of wanted) {
          const session = now[at];
          if (session === undefined) continue;
          const from = placeOf(session);
          const one: Move = isSwap
            ? { ...swap, from: now[0] ? placeOf(now[0]) : null, to: now[1] ? placeOf(now[1]) : null }
            : { kind: 'place', sessionId: session.id, from, to: goal };
          done.push(one);
          now = planWith(now, made(noMoves, one, 1, 'k').pending);
        }
        for (const one of done.reverse()) now = planWith(now, made(noMoves, inverse(one), 1, 'k').pending);
        expect(now.map(placeOf)).toEqual(plan.map(placeOf));
      }),
    );
  });

  it('go on from the versions that the service answers with', () => {
    const two = made(made(noMoves, move, 1, 'k1'), { ...move, from: to, to: null }, 1, 'k2');
    expect(saved(two, 'k1', [{ ...first, version: 7 }]).pending).toEqual([
      expect.objectContaining({ key: 'k2', version: 7 }),
    ]);
  });

  it('that are refused leave the plan, and what can be taken back, as they were', () => {
    const one = made(noMoves, move, 1, 'k1');
    expect(refused(one, 'k1')).toEqual(noMoves);
    const back = undone(saved(one, 'k1', []), 2, 'k2');
    expect(refused(back, 'k2')).toEqual(saved(one, 'k1', []));
    const again = redone(saved(back, 'k2', []), 3, 'k3');
    expect(refused(again, 'k3')).toEqual(saved(back, 'k2', []));
  });

  it('can be taken back fifty deep', () => {
    let all = noMoves;
    for (let at = 0; at < 60; at += 1) all = made(all, move, 1, `k${at}`);
    expect(all.past).toHaveLength(50);
  });
});

describe('colleagues', () => {
  const moved = { ...first, ...to, version: 2 };

  it('are those who moved what this browser did not', () => {
    expect(movedByOthers(plan, [moved, second, free], () => false)).toEqual([moved]);
    expect(movedByOthers(plan, [moved, second, free], ({ version }) => version === 2)).toEqual([]);
    expect(movedByOthers(plan, [{ ...first, version: 2, track: 'x' }], () => false)).toEqual([]);
  });

  it('never turn the plan back by an answer that was late', () => {
    expect(newest([moved], [first, free])).toEqual([moved, free]);
  });
});
