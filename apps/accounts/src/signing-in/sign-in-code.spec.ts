import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decideCode, decideLink, isLive, maxTries, waitMs, type CodeState } from './sign-in-code.js';

const now = new Date('2027-01-16T01:00:00Z');
const later = (ms: number) => new Date(now.getTime() + ms);
const mail = (over: Partial<CodeState> = {}): CodeState => ({
  id: 'mail',
  browserHash: 'own',
  expiresAt: later(1),
  tries: 0,
  usedAt: null,
  endedAt: null,
  ...over,
});
const matches = (code: string) => (id: string) => code === `code of ${id}`;

describe('a code', () => {
  const old = mail({ id: 'old', browserHash: 'old browser', endedAt: now });

  it.each<[string, CodeState[], string | null, string, string]>([
    ['that is right', [mail()], 'own', 'code of mail', 'accepted'],
    ['that is wrong', [mail()], 'own', 'code of nothing', 'sign_in.wrong_code'],
    ['of another browser', [mail()], 'other', 'code of mail', 'sign_in.other_browser'],
    ['without a browser', [mail()], null, 'code of mail', 'sign_in.other_browser'],
    ['that nobody asked for', [], 'own', 'code of mail', 'sign_in.other_browser'],
    ['that was used', [mail({ usedAt: now })], 'own', 'code of mail', 'sign_in.expired'],
    ['that a newer one ended', [mail({ endedAt: now })], 'own', 'code of mail', 'sign_in.expired'],
    ['at its end', [mail({ expiresAt: now })], 'own', 'code of mail', 'sign_in.expired'],
    ['after all tries', [mail({ tries: maxTries })], 'own', 'code of mail', 'sign_in.expired'],
    ['with one try left', [mail({ tries: maxTries - 1 })], 'own', 'code of mail', 'accepted'],
    ['of an older mail', [mail(), old], 'own', 'code of old', 'sign_in.expired'],
    ['of an older mail in its browser', [mail(), old], 'old browser', 'code of old', 'sign_in.expired'],
  ])('%s', (_what, asked, browser, code, expected) => {
    const outcome = decideCode(asked, browser, matches(code), now);
    expect('accepted' in outcome ? 'accepted' : outcome.refused).toBe(expected);
  });

  it('is tried by its own browser alone, whatever others send', () => {
    const state = fc.record({
      id: fc.constantFrom('a', 'b', 'c'),
      browserHash: fc.constantFrom('one', 'two'),
      expiresAt: fc.constantFrom(now, later(1)),
      tries: fc.integer({ min: 0, max: maxTries }),
      usedAt: fc.constantFrom(null, now),
      endedAt: fc.constantFrom(null, now),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(state, { selector: ({ id }) => id }),
        fc.constantFrom('one', 'two', 'three', null),
        fc.constantFrom('code of a', 'code of b', 'code of c', 'none'),
        (asked, browser, code) => {
          const outcome = decideCode(asked, browser, matches(code), now);
          if ('accepted' in outcome) {
            expect([outcome.accepted.browserHash, isLive(outcome.accepted, now)]).toEqual([browser, true]);
            expect(code).toBe(`code of ${outcome.accepted.id}`);
          } else if (outcome.countTry !== undefined) {
            expect([outcome.countTry.browserHash, isLive(outcome.countTry, now)]).toEqual([browser, true]);
          }
        },
      ),
    );
  });
});

describe('a link', () => {
  it.each<[string, CodeState | null, string | null, boolean, string]>([
    ['in the browser that asked', mail(), 'own', false, 'accepted'],
    ['elsewhere', mail(), 'other', false, 'sign_in.confirm'],
    ['elsewhere, confirmed', mail(), null, true, 'accepted'],
    ['that was used', mail({ usedAt: now }), 'own', false, 'sign_in.expired'],
    ['that was used, elsewhere', mail({ usedAt: now }), 'other', true, 'sign_in.expired'],
    ['whose code was tried too often', mail({ tries: maxTries }), 'own', false, 'sign_in.expired'],
    ['that nobody was sent', null, 'own', true, 'sign_in.expired'],
  ])('%s', (_what, sent, browser, confirmed, expected) => {
    const outcome = decideLink(sent, browser, confirmed, now);
    expect('accepted' in outcome ? 'accepted' : outcome.refused).toBe(expected);
  });
});

describe('the wait for one more mail', () => {
  const hourMs = 3_600_000;

  it('is over an hour after the one that counts', () => {
    const times = [later(-hourMs + 1_000), later(-10), later(-5)];
    expect([waitMs(times, 4, now), waitMs(times, 3, now), waitMs(times, 2, now)]).toEqual([
      0,
      1_000,
      hourMs - 10,
    ]);
    expect(waitMs([later(-hourMs)], 1, now)).toBe(0);
  });

  it('lets no more than the limit go out within any hour', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: hourMs }), { maxLength: 60 }), (gaps) => {
        const sent: number[] = [];
        let at = now.getTime();
        for (const gap of gaps) {
          at += gap;
          const times = sent.map((time) => new Date(time));
          if (waitMs(times, 5, new Date(at)) === 0) sent.push(at);
        }
        for (const time of sent)
          expect(sent.filter((one) => one > time - hourMs && one <= time).length).toBeLessThanOrEqual(5);
      }),
    );
  });
});
