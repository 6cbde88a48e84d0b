import { describe, expect, it } from '@jest/globals';
import { Problem } from '#contracts';
import { SeatDesk, batchMax, waitingMax, type Settlement } from './seat-desk.js';

interface Order {
  name: string;
  key?: string;
  deadlineMs?: number;
}

/** A desk whose transactions end when the test says so. */
function aDesk(batching = true, broken: (orders: readonly Order[]) => unknown = () => undefined) {
  const begun: { stopId: string; names: string[] }[] = [];
  const ends: (() => void)[] = [];
  const desk = new SeatDesk<Order, string>({
    decide: async (stopId, orders) => {
      begun.push({ stopId, names: orders.map(({ name }) => name) });
      await new Promise<void>((resolve) => ends.push(resolve));
      const error = broken(orders);
      if (error !== undefined) throw error;
      return orders.map(({ name }): Settlement<string> => ({ ok: true, answer: name }));
    },
    keyOf: ({ key }) => key,
    deadlineOf: ({ deadlineMs }) => deadlineMs ?? Infinity,
    isOutage: (error) => error === 'outage',
    batching,
  });
  /** Two, since what a turn begins may come after us in the same one. */
  const turn = async () => {
    for (let count = 0; count < 2; count += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  const endAll = async () => {
    await turn();
    while (ends.length > 0) {
      for (const end of ends.splice(0)) end();
      await turn();
    }
  };
  return { desk, begun, endAll, turn };
}

const named = (...names: string[]): Order[] => names.map((name) => ({ name }));

describe('the seat desk', () => {
  it('begins with a lone order when its turn is over, and decides what came meanwhile together', async () => {
    const { desk, begun, endAll, turn } = aDesk();
    const first = desk.submit('stop', { name: 'a' });
    await turn();
    expect(begun).toEqual([{ stopId: 'stop', names: ['a'] }]);
    const answers = [first, ...named('b', 'c').map((order) => desk.submit('stop', order))];
    await endAll();
    expect(await Promise.all(answers)).toEqual(['a', 'b', 'c']);
    expect(begun).toEqual([
      { stopId: 'stop', names: ['a'] },
      { stopId: 'stop', names: ['b', 'c'] },
    ]);
  });

  it('decides together what one turn brings', async () => {
    const { desk, begun, endAll } = aDesk();
    const answers = named('a', 'b', 'c').map((order) => desk.submit('stop', order));
    await endAll();
    expect(await Promise.all(answers)).toEqual(['a', 'b', 'c']);
    expect(begun).toEqual([{ stopId: 'stop', names: ['a', 'b', 'c'] }]);
  });

  it('keeps different stops apart, and begins so many at once at most', async () => {
    const { desk, begun, endAll, turn } = aDesk();
    const stops = ['1', '2', '3', '4', '5', '6'];
    const answers = stops.map((stop) => desk.submit(stop, { name: stop }));
    await turn();
    expect(begun.map(({ stopId }) => stopId)).toEqual(['1', '2', '3', '4']);
    await endAll();
    expect(await Promise.all(answers)).toEqual(stops);
  });

  it('never takes more than a batch holds, nor two orders of one key', async () => {
    const { desk, begun, endAll } = aDesk();
    const many = Array.from({ length: batchMax + 50 }, (_, index) => ({ name: `${index}` }));
    const twins = [1, 2, 3].map((twin) => ({ name: `twin ${twin}`, key: 'k' }));
    const answers = [...twins, ...many].map((order) => desk.submit('stop', order));
    await endAll();
    await Promise.all(answers);
    expect(Math.max(...begun.map(({ names }) => names.length))).toBe(batchMax);
    for (const { names } of begun)
      expect(names.filter((name) => name.startsWith('twin')).length).toBeLessThan(2);
  });

  it('tries a broken batch one by one, so that one order fails alone', async () => {
    const { desk, endAll, turn } = aDesk(true, (orders) =>
      orders.some(({ name }) => name === 'bad') ? 'bad' : undefined,
    );
    const first = desk.submit('stop', { name: 'first' });
    await turn();
    const rest = Promise.allSettled(named('a', 'bad', 'b').map((order) => desk.submit('stop', order)));
    await endAll();
    await first;
    expect((await rest).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('does not repeat a batch while the database is away', async () => {
    const { desk, begun, endAll } = aDesk(true, () => 'outage');
    const rest = Promise.allSettled(named('a', 'b', 'c').map((order) => desk.submit('stop', order)));
    await endAll();
    expect((await rest).every(({ status }) => status === 'rejected')).toBe(true);
    expect(begun).toHaveLength(1);
  });

  it('does not carry out what nobody waits for any more', async () => {
    const { desk, begun, endAll } = aDesk();
    const first = desk.submit('stop', { name: 'first' });
    const late = desk
      .submit('stop', { name: 'late', deadlineMs: Date.now() - 1 })
      .catch((error: unknown) => error);
    await endAll();
    await first;
    expect(await late).toMatchObject({ code: 'service.unavailable' });
    expect(begun).toHaveLength(1);
  });

  it('refuses at once when too many wait', async () => {
    const { desk, endAll } = aDesk();
    const waiting = Array.from({ length: waitingMax }, (_, index) =>
      desk.submit('stop', { name: `${index}` }),
    );
    const refused = await desk.submit('stop', { name: 'one too many' }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Problem);
    expect(refused).toMatchObject({ extra: { retryAfterSeconds: 1 } });
    await endAll();
    await Promise.all(waiting);
  });

  it('gives every order a transaction of its own where batching is off', async () => {
    const { desk, begun, endAll } = aDesk(false);
    const answers = named('a', 'b', 'c', 'd', 'e', 'f').map((order) => desk.submit('stop', order));
    await endAll();
    await Promise.all(answers);
    expect(begun.map(({ names }) => names)).toEqual([['a'], ['b'], ['c'], ['d'], ['e'], ['f']]);
  });
});
