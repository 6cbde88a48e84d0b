import { describe, expect, it } from '@jest/globals';
import { listingStates, type ListingState } from '#contracts';
import { moved, newListing, patched, settled, type ListingMove, type ListingRecord } from './listing.js';

const now = new Date('2026-12-01T00:00:00Z');
const of = { id: 'l', tourId: 't', organizationId: 'o', companyId: 'c' };
const draft = {
  side: 'offer' as const,
  title: { zh: '方言语料' },
  text: { zh: '五千小时', en: '5,000 hours' },
  concepts: ['kind.dataset', 'modality.speech'],
  publish: false,
};
const inState = (state: ListingState): ListingRecord => ({ ...newListing(draft, of, now), state });
const after = (move: ListingMove, state: ListingState) => {
  try {
    return moved(inState(state), move, now).state;
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('a listing', () => {
  it('lasts for 180 days and begins as a draft', () => {
    expect(newListing(draft, of, now)).toMatchObject({ state: 'draft', expiresAt: '2027-05-30T00:00:00Z' });
    expect(newListing({ ...draft, publish: true }, of, now)).toMatchObject({
      state: 'published',
      publishedAt: '2026-12-01T00:00:00Z',
    });
  });

  it.each([
    ['publish', { draft: 'published', paused: 'published', expired: 'published' }],
    ['pause', { published: 'paused' }],
    ['close', { draft: 'closed', published: 'closed', paused: 'closed', expired: 'closed' }],
    [
      'remove',
      { draft: 'removed', published: 'removed', paused: 'removed', expired: 'removed', closed: 'removed' },
    ],
  ] as const)(
    'moves by %s from these states alone',
    (move, allowed: Partial<Record<ListingState, string>>) => {
      const reached = Object.fromEntries(listingStates.map((state) => [state, after(move, state)]));
      expect(reached).toEqual(
        Object.fromEntries(
          listingStates.map((state) => [state, allowed[state] ?? 'listing.invalid_transition']),
        ),
      );
    },
  );

  it('expires by the clock, and is published again only with a new end', () => {
    const later = new Date('2027-06-01T00:00:00Z');
    const expired = settled(inState('published'), later);
    expect(expired.state).toBe('expired');
    expect(settled(inState('draft'), later).state).toBe('draft');
    expect(() => moved(expired, 'publish', later)).toThrow('listing.invalid_transition');
    const renewed = patched(expired, { expiresAt: '2027-07-01T00:00:00Z' }, later);
    expect(renewed.state).toBe('expired');
    expect(moved(renewed, 'publish', later).state).toBe('published');
    expect(() => patched(expired, { expiresAt: '2027-01-01T00:00:00Z' }, later)).toThrow('in the future');
  });

  it('takes a merge patch, checked as a whole', () => {
    expect(patched(inState('draft'), { title: { en: 'Dialects' } }, now).title).toEqual({
      zh: '方言语料',
      en: 'Dialects',
    });
    expect(() => patched(inState('draft'), { title: { zh: null } }, now)).toThrow('request.invalid');
    expect(() => patched(inState('closed'), {}, now)).toThrow('listing.invalid_transition');
  });

  it('names every string with contact details', () => {
    const title = { zh: '致电 138 0013 8000' };
    const text = { zh: '无', en: 'mail a@example.com' };
    expect(() => newListing({ ...draft, title, text }, of, now)).toThrow(
      expect.objectContaining({
        code: 'listing.personal_data',
        extra: {
          errors: [
            expect.objectContaining({ pointer: '/title/zh' }),
            expect.objectContaining({ pointer: '/text/en' }),
          ],
        },
      }),
    );
  });
});
