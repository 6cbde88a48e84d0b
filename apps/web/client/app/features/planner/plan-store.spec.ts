import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Session } from '#contracts/sessions';
import { ApiProblem } from '../../api/call.js';
import type { PendingMove } from './moves.js';
import { movedTo, placeOf } from './place.js';
import { PlanStore } from './plan-store.js';
import { aScheduled } from './sessions.fixture.js';

const seen = aScheduled('a', 'r1', '01:00', { version: 3 });
const to = { roomId: 'r2', startsAt: '2027-01-16T05:00:00Z' };
const theirs = aScheduled('a', 'r3', '07:00', { version: 4 });
const problem = (status: number, code: string) => new ApiProblem(status, code, '', []);

/** A stub service that records requests. */
function played(answers: (ApiProblem | null)[], now: Session = seen) {
  const sent: PendingMove[] = [];
  const kept = new Map<string, string>();
  let keys = 0;
  const ports = {
    send: async (pending: PendingMove): Promise<readonly Session[]> => {
      sent.push(pending);
      const answer = answers.shift() ?? null;
      if (answer !== null) throw answer;
      return [{ ...movedTo(seen, pending.move.to), version: pending.version + 1 }];
    },
    read: async () => now,
    onSaved: () => undefined,
    newKey: () => `k${(keys += 1)}`,
    storage: {
      getItem: (name: string) => kept.get(name) ?? null,
      setItem: (name: string, text: string) => void kept.set(name, text),
      removeItem: (name: string) => void kept.delete(name),
    },
  };
  const store = new PlanStore('plan', ports);
  return { store, sent, ports, pending: () => store.snapshot().moves.pending };
}

const move = { kind: 'place' as const, sessionId: 'a', from: placeOf(seen), to };

describe('a plan’s moves', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());
  const later = () => jest.advanceTimersByTimeAsync(60_000);

  it('are sent with the version that was seen', async () => {
    const { store, sent, pending } = played([]);
    store.make(move, seen);
    expect(pending()).toHaveLength(1);
    await later();
    expect(sent).toEqual([expect.objectContaining({ version: 3, key: 'k1' })]);
    expect(pending()).toEqual([]);
    expect(store.snapshot().moves.past).toHaveLength(1);
  });

  it('wait for a lost connection, and arrive once with the same key', async () => {
    const { store, sent, pending } = played([problem(0, 'network'), problem(503, 'service.unavailable')]);
    store.make(move, seen);
    await jest.advanceTimersByTimeAsync(0);
    expect(store.snapshot().trouble?.code).toBe('network');
    expect(pending()).toHaveLength(1);
    await later();
    expect(sent.map(({ key }) => key)).toEqual(['k1', 'k1', 'k1']);
    expect(store.snapshot()).toMatchObject({ trouble: null, refusal: null });
  });

  it('outlive a reload and a sign-out', async () => {
    const { store, ports, sent, pending } = played([problem(401, 'auth.required')]);
    store.make(move, seen);
    await later();
    expect(sent).toHaveLength(1);
    expect(pending()).toHaveLength(1);
    const reloaded = new PlanStore('plan', ports);
    reloaded.resume();
    await later();
    expect(sent.map(({ key }) => key)).toEqual(['k1', 'k1']);
    expect(reloaded.snapshot().moves.pending).toEqual([]);
    expect(reloaded.snapshot().moves.past).toHaveLength(1);
  });

  it('that are refused go back and say why', async () => {
    const { store, pending } = played([problem(409, 'session.room_conflict')]);
    store.make(move, seen);
    await later();
    expect(pending()).toEqual([]);
    expect(store.snapshot().refusal?.problem.code).toBe('session.room_conflict');
    expect(store.snapshot().moves.past).toEqual([]);
    store.dismiss();
    expect(store.snapshot().refusal).toBeNull();
  });

  it('ask once where a colleague moved the session meanwhile', async () => {
    const { store, sent, pending } = played([problem(412, 'precondition.failed')], theirs);
    store.make(move, seen);
    await later();
    expect(store.snapshot().question?.session).toBe(theirs);
    expect(sent).toHaveLength(1);
    store.answer('mine');
    await later();
    expect(sent[1]).toMatchObject({ version: 4, move: { from: placeOf(theirs), to } });
    expect(pending()).toEqual([]);
    store.undo(() => ({ ...movedTo(seen, to), version: 5 }));
    await later();
    expect(sent[2]).toMatchObject({ origin: 'undo', move: { to: placeOf(theirs) } });
  });

  it('keep a colleague’s place where their author prefers it', async () => {
    const { store, sent, pending } = played([problem(412, 'precondition.failed')], theirs);
    store.make(move, seen);
    await later();
    store.answer('theirs');
    await later();
    expect(pending()).toEqual([]);
    expect(sent).toHaveLength(1);
  });

  it('do not ask where only other things of the session changed', async () => {
    const { store, sent } = played([problem(412, 'precondition.failed')], { ...seen, version: 9 });
    store.make(move, seen);
    await later();
    expect(sent.map(({ version }) => version)).toEqual([3, 9]);
    expect(store.snapshot().question).toBeNull();
  });

  it('ask in the end where a session changes between all tries', async () => {
    const answers = Array.from({ length: 9 }, () => problem(412, 'precondition.failed'));
    const { store, sent } = played(answers, { ...seen, version: 9 });
    store.make(move, seen);
    await later();
    expect(sent).toHaveLength(4);
    expect(store.snapshot().question).not.toBeNull();
  });

  it('are not taken back over a colleague’s without a question', async () => {
    const { store, sent } = played([]);
    store.make(move, seen);
    await later();
    store.undo(() => theirs);
    await later();
    expect(sent).toHaveLength(1);
    expect(store.snapshot().question?.session).toBe(theirs);
  });

  it('can be given up while they wait', async () => {
    const { store, pending } = played(Array.from({ length: 99 }, () => problem(0, 'network')));
    store.make(move, seen);
    await jest.advanceTimersByTimeAsync(10);
    store.giveUp();
    await later();
    expect(pending()).toEqual([]);
    expect(store.snapshot().trouble).toBeNull();
  });
});
