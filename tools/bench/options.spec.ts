import { describe, expect, it } from '@jest/globals';
import { parts, readOptions, WrongOption } from './options.js';

describe('readOptions', () => {
  it('wants everything where nothing is named', () => {
    const { parts: wanted, companies, rounds } = readOptions([]);
    expect([[...wanted], companies, rounds]).toEqual([Object.keys(parts), 10_000, 3]);
  });

  it('takes parts in any case, and numbers', () => {
    const { parts: wanted, companies } = readOptions(['s', 'A', '--companies=500']);
    expect([[...wanted], companies]).toEqual([['S', 'A'], 500]);
  });

  it.each([[['speed']], [['--companies=0']], [['--rounds=many']], [['--unknown']]])('refuses %j', (args) => {
    expect(() => readOptions(args)).toThrow(WrongOption);
  });
});
