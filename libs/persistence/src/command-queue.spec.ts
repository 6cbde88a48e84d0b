import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Problem } from '#contracts';
import {
  CommandQueue,
  allOrNone,
  defaultMaxBatch,
  defaultMaxWaiting,
  defaultMaxAlone,
  type CommandQueueOptions,
  type Decided,
} from './command-queue.js';

interface Command {
  name: string;
  group?: string;
  key?: string;
  deadlineMs?: number;
  large?: boolean;
}

const outage = Object.assign(new Error('away'), { code: 'ECONNREFUSED' });

/** A queue whose transactions end when the test says so. */
function aQueue(
  broken: (commands: readonly Command[]) => unknown = () => undefined,
  more: Partial<CommandQueueOptions<Command, string>> = {},
) {
  const begun: string[][] = [];
  const ends: (() => void)[] = [];
  const queue = new CommandQueue<Command, string>({
    decide: async (commands) => {
      begun.push(commands.map(({ name }) => name));
      await new Promise<void>((resolve) => ends.push(resolve));
      const error = broken(commands);
      if (error !== undefined) throw error;
      return commands.map(({ name }): Decided<string> => ({ ok: true, answer: name }));
    },
    groupOf: ({ group }) => group ?? 'stop',
    keyOf: ({ key }) => key,
    deadlineOf: ({ deadlineMs }) => deadlineMs ?? Infinity,
    isLarge: ({ large }) => large === true,
    ...more,
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
  const submit = (commands: Command[]) => commands.map((command) => queue.submit(command));
  return { queue, begun, ends, endAll, turn, submit };
}

const named = (...names: string[]): Command[] => names.map((name) => ({ name }));
const at = (group: string, ...names: string[]): Command[] => names.map((name) => ({ name, group }));
const breaksOn =
  (...bad: string[]) =>
  (commands: readonly Command[]) =>
    commands.some(({ name }) => bad.includes(name)) ? new Error('bad') : undefined;

describe('a command queue', () => {
  it('begins with a lone command when its turn is over, and decides what came meanwhile together', async () => {
    const { queue, begun, endAll, turn, submit } = aQueue();
    const first = queue.submit({ name: 'a' });
    await turn();
    expect(begun).toEqual([['a']]);
    const answers = [first, ...submit(named('b', 'c'))];
    await endAll();
    expect(await Promise.all(answers)).toEqual(['a', 'b', 'c']);
    expect(begun).toEqual([['a'], ['b', 'c']]);
  });

  it('decides together what one turn brings, of all groups', async () => {
    const { begun, endAll, submit } = aQueue();
    const answers = submit([...at('1', 'a', 'b'), ...at('2', 'c')]);
    await endAll();
    expect(await Promise.all(answers)).toEqual(['a', 'b', 'c']);
    expect(begun).toEqual([['a', 'b', 'c']]);
  });

  it('begins the next batch before it gives the answers of the last', async () => {
    const { queue, begun, ends, turn } = aQueue();
    const first = queue.submit({ name: 'a' });
    await turn();
    const second = queue.submit({ name: 'b' });
    const seen = first.then(() => begun.length);
    ends.shift()?.();
    expect(await seen).toBe(2);
    ends.shift()?.();
    await second;
  });

  it('never takes more than a batch holds, nor two commands of one key, whatever their groups', async () => {
    const { begun, endAll, submit } = aQueue();
    const many = Array.from({ length: defaultMaxBatch + 50 }, (_, index) => ({ name: `${index}` }));
    const twins = [1, 2, 3].map((twin) => ({ name: `twin ${twin}`, key: 'k', group: `${twin % 2}` }));
    const answers = submit([...twins, ...many]);
    await endAll();
    await Promise.all(answers);
    expect(Math.max(...begun.map((names) => names.length))).toBe(defaultMaxBatch);
    for (const names of begun) expect(names.filter((name) => name.startsWith('twin')).length).toBeLessThan(2);
  });

  it('lets no group keep the others waiting: one with more than fits goes behind them', async () => {
    const { begun, endAll, submit } = aQueue(undefined, { maxBatch: 2 });
    const answers = submit([...at('hot', 'a', 'b', 'c', 'd'), ...at('2', 'e')]);
    await endAll();
    await Promise.all(answers);
    expect(begun).toEqual([['a', 'b'], ['e', 'c'], ['d']]);
  });

  it('decides a large command beside the others, with those of its group that came after it', async () => {
    const { begun, ends, endAll, turn, submit } = aQueue();
    const [before, , large] = submit([
      ...at('1', 'before'),
      ...at('2', 'x'),
      { name: 'large', group: '1', large: true },
      ...at('1', 'after'),
    ]);
    await turn();
    expect(begun).toEqual([['before', 'x']]);
    ends.shift()?.();
    await before;
    const others = submit(at('2', 'y'));
    await turn();
    expect(begun.slice(1)).toEqual([['large', 'after'], ['y']]);
    await endAll();
    expect(await Promise.all([large, ...others])).toEqual(['large', 'y']);
  });

  it('decides so many groups by themselves at once at most', async () => {
    const { begun, endAll, turn, submit } = aQueue();
    const groups = Array.from({ length: defaultMaxAlone + 2 }, (_, index) => `${index}`);
    const answers = submit(groups.map((group) => ({ name: group, group, large: true })));
    await turn();
    expect(begun).toHaveLength(defaultMaxAlone);
    await endAll();
    expect(await Promise.all(answers)).toEqual(groups);
  });

  it('lets a queue say how many', async () => {
    const { begun, endAll, turn, submit } = aQueue(undefined, { batching: false, maxAlone: 2 });
    const answers = submit(at('1', 'a', 'b', 'c'));
    await turn();
    expect(begun).toEqual([['a'], ['b']]);
    await endAll();
    expect(await Promise.all(answers)).toEqual(['a', 'b', 'c']);
  });

  it('decides a broken batch group by group, then one by one, so that one command fails alone', async () => {
    const { begun, endAll, submit } = aQueue(breaksOn('bad'));
    const ends = Promise.allSettled(submit([...at('1', 'a', 'b'), ...at('2', 'c', 'bad', 'd')]));
    await endAll();
    expect((await ends).map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    expect(begun).toHaveLength(6);
    expect(begun.slice(0, 3)).toEqual([
      ['a', 'b', 'c', 'bad', 'd'],
      ['a', 'b'],
      ['c', 'bad', 'd'],
    ]);
    expect(begun.slice(3)).toEqual([['c'], ['bad'], ['d']]);
  });

  it.each([
    ['the database', outage],
    ['a service that is asked', new Problem('service.unavailable', 'away')],
  ])('does not repeat a batch while %s is away', async (_, error) => {
    const { begun, endAll, submit } = aQueue(() => error);
    const ends = Promise.allSettled(submit(named('a', 'b', 'c')));
    await endAll();
    expect((await ends).every(({ status }) => status === 'rejected')).toBe(true);
    expect(begun).toHaveLength(1);
  });

  it('does not carry out what nobody waits for any more', async () => {
    const { queue, begun, endAll } = aQueue();
    const late = queue.submit({ name: 'late', deadlineMs: Date.now() - 1 }).catch((error: unknown) => error);
    const next = queue.submit({ name: 'next' });
    await endAll();
    expect(await late).toMatchObject({ code: 'service.unavailable' });
    await next;
    expect(begun).toEqual([['next']]);
  });

  it('refuses at once when too many wait', async () => {
    const { queue, endAll, submit } = aQueue();
    const waiting = submit(Array.from({ length: defaultMaxWaiting }, (_, index) => ({ name: `${index}` })));
    const refused = await queue.submit({ name: 'one too many' }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Problem);
    expect(refused).toMatchObject({ extra: { retryAfterSeconds: 1 } });
    await endAll();
    await Promise.all(waiting);
  });

  it('gives every command a transaction of its own where batching is off', async () => {
    const { begun, endAll, submit } = aQueue(undefined, { batching: false });
    const answers = submit(named('a', 'b', 'c', 'd', 'e', 'f'));
    await endAll();
    await Promise.all(answers);
    expect(begun).toEqual([['a'], ['b'], ['c'], ['d'], ['e'], ['f']]);
  });

  it('needs only work that is done for all or for none', async () => {
    const batches: string[][] = [];
    const queue = new CommandQueue<string>({
      decide: allOrNone(async (items) => {
        batches.push([...items]);
        await new Promise((resolve) => setImmediate(resolve));
        if (items.includes('bad')) throw new Error('bad');
      }),
    });
    const ends = await Promise.allSettled(['a', 'bad', 'b'].map((item) => queue.submit(item)));
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(batches).toEqual([['a', 'bad', 'b'], ['a'], ['bad'], ['b']]);
  });
});

describe('whatever comes, a command queue', () => {
  const word = fc.constantFrom('1', '2', '3');
  const commands = fc.array(
    fc.record({
      group: word,
      key: fc.option(word, { nil: undefined, freq: 2 }),
      large: fc.boolean(),
      bad: fc.boolean(),
      pause: fc.nat({ max: 3 }),
    }),
    { maxLength: 40 },
  );

  it('answers each command once, in the order of its group, never two batches of a group at once', async () => {
    const check = fc.asyncProperty(commands, fc.integer({ min: 1, max: 5 }), async (steps, maxBatch) => {
      const done: { name: string; group: string }[] = [];
      const underWay: string[] = [];
      const queue = new CommandQueue<Command & { bad: boolean }, string>({
        decide: async (batch) => {
          const groups = [...new Set(batch.map(({ group }) => group ?? ''))];
          expect(underWay.filter((group) => groups.includes(group))).toEqual([]);
          expect(batch.length).toBeLessThanOrEqual(maxBatch);
          const keys = batch.flatMap(({ key }) => key ?? []);
          expect(new Set(keys).size).toBe(keys.length);
          underWay.push(...groups);
          await new Promise((resolve) => setImmediate(resolve));
          for (const group of groups) underWay.splice(underWay.indexOf(group), 1);
          if (batch.some(({ bad }) => bad)) throw new Error('bad');
          done.push(...batch.map(({ name, group = '' }) => ({ name, group })));
          return batch.map(({ name }) => ({ ok: true, answer: name }));
        },
        groupOf: ({ group }) => group ?? '',
        keyOf: ({ key }) => key,
        isLarge: ({ large }) => large === true,
        maxBatch,
      });
      const answers: Promise<string>[] = [];
      for (const [index, { group, key, large, bad, pause }] of steps.entries()) {
        const more = key === undefined ? {} : { key };
        answers.push(queue.submit({ name: `${index}`, group, large, bad, ...more }));
        answers.at(-1)?.catch(() => undefined);
        for (let turn = 0; turn < pause; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      }
      const ends = await Promise.allSettled(answers);
      expect(ends.map(({ status }) => status)).toEqual(
        steps.map(({ bad }) => (bad ? 'rejected' : 'fulfilled')),
      );
      expect(done.map(({ name }) => name).sort()).toEqual(
        steps.flatMap(({ bad }, index) => (bad ? [] : [`${index}`])).sort(),
      );
      // Twins wait for each other, so only where there are none is the order of arrival kept to the last.
      if (steps.some(({ key }) => key !== undefined)) return;
      for (const group of ['1', '2', '3']) {
        const own = done.filter((one) => one.group === group).map(({ name }) => Number(name));
        expect(own).toEqual(own.toSorted((a, b) => a - b));
      }
    });
    await fc.assert(check, { numRuns: 300 });
  });
});
