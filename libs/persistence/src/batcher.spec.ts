import { describe, expect, it } from '@jest/globals';
import { Batcher } from './batcher.js';

/** Work whose lots are noted, and which refuses lots that hold a word. */
function gather(refused?: string) {
  const lots: string[][] = [];
  const gathering = new Batcher<string>(async (items) => {
    lots.push(items);
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (refused !== undefined && items.includes(refused)) throw new Error(refused);
  });
  return { gathering, lots };
}

describe('Gathering', () => {
  it('takes together what one turn brings, and what comes meanwhile', async () => {
    const { gathering, lots } = gather();
    const first = ['a', 'b'].map((item) => gathering.submit(item));
    while (lots.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const second = ['c', 'd'].map((item) => gathering.submit(item));
    await Promise.all([...first, ...second]);
    await gathering.submit('e');
    expect(lots).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  });

  it('lets one that fails fail alone', async () => {
    const { gathering, lots } = gather('bad');
    const ends = await Promise.allSettled(['a', 'bad', 'b'].map((item) => gathering.submit(item)));
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(lots).toEqual([['a', 'bad', 'b'], ['a'], ['bad'], ['b']]);
  });

  it('does not repeat a lot while the database is away', async () => {
    let tries = 0;
    const gathering = new Batcher<string>(() => {
      tries += 1;
      return Promise.reject(Object.assign(new Error('away'), { code: 'ECONNREFUSED' }));
    });
    const ends = await Promise.allSettled(['a', 'b'].map((item) => gathering.submit(item)));
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(tries).toBe(1);
  });
});
