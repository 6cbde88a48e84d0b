import { describe, expect, it } from '@jest/globals';
import {
  bodyOf,
  draftOf,
  emptyDraft,
  faultsOf,
  patchOf,
  withProposed,
  type ListingDraft,
} from './listing-draft.js';

const words = { missing: 'missing', conceptCount: 'count' };
const draft: ListingDraft = {
  ...emptyDraft,
  titleZh: ' 方言语音 ',
  textZh: '一千小时',
  kind: 'kind.dataset',
  concepts: ['modality.speech'],
};

describe('a draft of a listing', () => {
  it('becomes what the API takes, and comes back', () => {
    expect(bodyOf(draft)).toEqual({
      side: 'offer',
      title: { zh: '方言语音' },
      text: { zh: '一千小时' },
      concepts: ['kind.dataset', 'modality.speech'],
    });
    expect(draftOf(bodyOf(draft))).toEqual({ ...draft, titleZh: '方言语音' });
  });

  it('takes a language away that was emptied', () => {
    expect(patchOf(draft).title).toEqual({ zh: '方言语音', en: null });
  });

  it.each<[string, Partial<ListingDraft>, string[]]>([
    ['nothing', {}, []],
    ['a title', { titleZh: '' }, ['/title/zh']],
    ['a text', { textZh: ' ' }, ['/text/zh']],
    ['what it is', { kind: '' }, ['/kind']],
    ['a concept', { concepts: [] }, ['/concepts']],
    ['fewer concepts', { concepts: ['1', '2', '3', '4', '5', '6', '7', '8'] }, ['/concepts']],
  ])('lacks %s', (_, changes, pointers) => {
    expect([...faultsOf({ ...draft, ...changes }, words).keys()]).toEqual(pointers);
  });

  it('takes proposals up to the limit, and keeps what was chosen', () => {
    const ids = ['kind.model', 'modality.speech', ...Array.from({ length: 9 }, (_, at) => `task.${at}`)];
    const next = withProposed(draft, ids);
    expect([next.kind, next.concepts.length, next.concepts[0]]).toEqual([
      'kind.dataset',
      7,
      'modality.speech',
    ]);
    expect(withProposed({ ...draft, kind: '' }, ids).kind).toBe('kind.model');
  });
});
