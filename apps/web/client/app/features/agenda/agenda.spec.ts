import { describe, expect, it } from '@jest/globals';
import { agendaOf, overlapsOf, signUpChanges } from './agenda.js';

const at = (hour: number, minute = 0): string => new Date(Date.UTC(2027, 0, 16, hour, minute)).toISOString();
const talk = (id: string, from: string, to: string) => ({ id, startsAt: from, endsAt: to });

const early = talk('early', at(9), at(10));
const during = talk('during', at(9, 30), at(10, 30));
const next = talk('next', at(10), at(11));
const sessions = [next, during, early];
const signUps = new Map([
  ['early', ['li', 'wang']],
  ['next', ['li']],
]);

describe('an agenda', () => {
  it('tells overlaps, and not what follows at once', () => {
    expect(overlapsOf(during, 'li', sessions, signUps).map(({ id }) => id)).toEqual(['next', 'early']);
    expect(overlapsOf(during, 'wang', sessions, signUps).map(({ id }) => id)).toEqual(['early']);
    expect(overlapsOf(during, 'zhao', sessions, signUps)).toEqual([]);
    expect(overlapsOf(next, 'wang', sessions, signUps)).toEqual([]);
  });

  it('is in order of time, of one or of all', () => {
    expect(agendaOf('li', sessions, signUps)).toEqual([early, next]);
    expect(agendaOf('wang', sessions, signUps)).toEqual([early]);
    expect(agendaOf(null, sessions, signUps)).toEqual([early, next]);
  });

  it('changes by what was ticked and unticked', () => {
    expect(signUpChanges(['a', 'b'], ['b', 'c'])).toEqual({ added: ['c'], removed: ['a'] });
    expect(signUpChanges(['a'], ['a'])).toEqual({ added: [], removed: [] });
  });
});
