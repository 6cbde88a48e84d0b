import { describe, expect, it } from '@jest/globals';
import { faultsOf } from './message.js';

describe('a commit message', () => {
  it.each([
    'fix: keep the waiting list in order',
    'feat(stops): publish a stop at a time',
    'refactor(registrations,sessions)!: rename the queue\n\nThe field has a word for it.\n',
    "Merge branch 'main' into topic",
    'Revert "feat(stops): publish a stop at a time"',
  ])('passes: %s', (message) => {
    expect(faultsOf(message)).toEqual([]);
  });

  it.each([
    ['Keep the waiting list in order', /not "type\(scope\): summary"/],
    ['feature: publish', /not "type\(scope\): summary"/],
    ['fix:no space', /not "type\(scope\): summary"/],
    ['fix(Stops): publish', /not "type\(scope\): summary"/],
    ['fix: publish.', /full stop/],
    [`fix: ${'x'.repeat(68)}`, /longer than 72/],
    ['fix: publish\nwithout an empty line', /second line/],
  ])('is refused: %s', (message, fault) => {
    expect(faultsOf(message).join('; ')).toMatch(fault);
  });

  it('may have a subject of 72 characters, however many bytes they take', () => {
    expect(faultsOf(`fix: ${'站'.repeat(67)}`)).toEqual([]);
  });
});
