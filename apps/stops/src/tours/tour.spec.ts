import { describe, expect, it } from '@jest/globals';
import { newTour, patchTour, presentTour } from './tour.js';

const draft = {
  name: { zh: '全国行' },
  partners: [],
  overlappingStops: false,
  speakerTravelMinutes: 240,
};
const tour = newTour({ id: 't', organizationId: 'o' }, draft, '2026-11-23T00:00:00Z');

describe('a tour', () => {
  it('shows what is absent as null and its version last', () => {
    expect(presentTour(tour)).toMatchObject({ description: null, version: 1 });
    expect(Object.keys(presentTour(tour)).at(-1)).toBe('version');
  });

  it('takes a patch, and gives itself back where the patch changes nothing', () => {
    expect(patchTour(tour, { name: { en: 'Tour' }, description: { zh: '说明' } })).toMatchObject({
      name: { zh: '全国行', en: 'Tour' },
      description: { zh: '说明' },
    });
    expect(patchTour(tour, { description: null, partners: null, speakerTravelMinutes: 240 })).toBe(tour);
  });

  it('keeps a name', () => {
    expect(() => patchTour(tour, { name: { zh: null } })).toThrow('request.invalid');
  });
});
