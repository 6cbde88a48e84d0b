import { describe, expect, it } from '@jest/globals';
import { Problem } from '#contracts';
import { speakerKey, speakerKeys, speakersOf, type StoredSpeaker } from './speakers.js';

describe('the key of a speaker', () => {
  it.each([
    [{ email: ' Zhang.San@Example.COM ' }, 'zhang.san@example.com'],
    [{ email: 'jose\u0301@example.com' }, 'jos\u00e9@example.com'],
    [{ personKey: 'camp2019:7797' }, 'person:camp2019:7797'],
  ])('%j', (speaker, key) => {
    expect(speakerKey(speaker)).toBe(key);
  });
});

const zhang: StoredSpeaker = {
  id: 'zhang',
  name: '张三',
  email: 'zhang@example.com',
  organization: null,
  jobTitle: null,
  language: null,
  mayOverlap: false,
};
const imported: StoredSpeaker = { ...zhang, id: 'imported', name: 'Li Si', email: null, personKey: 'camp:7' };
const second: StoredSpeaker = { ...imported, id: 'second', name: 'Wang Wu', personKey: 'camp:8' };

type Draft = Parameters<typeof speakersOf>[0][number];

function replaced(drafts: Draft[], known: StoredSpeaker[], actor: 'organizer' | 'company' = 'organizer') {
  let made = 0;
  return speakersOf(drafts, known, actor, () => `new ${(made += 1)}`);
}

describe('speakers after a patch', () => {
  it.each([
    ['the same address', { name: 'Zhang San', email: 'zhang@example.com' }, 'zhang'],
    ['the same name, another address', { name: '张三', email: 'zhang@example.org' }, 'zhang'],
    ['an imported one as it is', { name: 'Li Si', email: null }, 'imported'],
    ['an imported one with an address', { name: 'Li Si', email: 'li@example.com' }, 'imported'],
    ['an imported one with another name', { name: 'Li S.', email: null }, 'imported'],
    ['somebody else', { name: 'Zhao Liu', email: 'zhao@example.com' }, 'new 1'],
  ])('know %s', (_what, draft, id) => {
    expect(replaced([draft], [zhang, imported])).toMatchObject([{ ...draft, id }]);
  });

  it('keep the person of those without an address, whatever their order', () => {
    const drafts = [second, imported, zhang].map(({ name, email }) => ({ name, email }));
    expect(replaced(drafts, [zhang, imported, second]).map(({ id, personKey }) => [id, personKey])).toEqual([
      ['second', 'camp:8'],
      ['imported', 'camp:7'],
      ['zhang', undefined],
    ]);
  });

  it('refuse a new one without an address by its pointer', () => {
    const drafts = [
      { name: 'Li Si', email: null },
      { name: 'Nobody', email: null },
    ];
    const refused = problemOf(() => replaced(drafts, [zhang, imported]));
    expect(refused?.extra.errors).toMatchObject([{ pointer: '/speakers/1/email' }]);
  });

  it('may overlap where an organizer says so; a company neither sets nor clears the mark', () => {
    const marked = { ...zhang, mayOverlap: true };
    const draft = { name: '张三', email: 'zhang@example.com' };
    const mark = (mayOverlap: boolean | undefined, known: StoredSpeaker, actor: 'organizer' | 'company') =>
      replaced([{ ...draft, mayOverlap }], [known], actor)[0]?.mayOverlap;
    expect([mark(true, zhang, 'organizer'), mark(undefined, marked, 'organizer')]).toEqual([true, false]);
    expect([mark(undefined, marked, 'company'), mark(true, marked, 'company')]).toEqual([true, true]);
    for (const [value, known] of [
      [true, zhang],
      [false, marked],
    ] as const) {
      const refused = problemOf(() => mark(value, known, 'company'));
      expect(refused?.extra.errors).toMatchObject([{ pointer: '/speakers/0/mayOverlap' }]);
    }
  });

  it('that may overlap have no key, so that nothing holds them in one place', () => {
    expect(speakerKeys({ speakers: [zhang, { ...imported, mayOverlap: true }] })).toEqual([
      'zhang@example.com',
    ]);
  });
});

function problemOf(act: () => unknown): Problem | undefined {
  try {
    act();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  return undefined;
}
