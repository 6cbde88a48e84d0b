import { describe, expect, it } from '@jest/globals';
import { correctedIn, editionsOf, emptyMember, memberBody, missingIn, paperBody } from './drafts.js';

describe('drafts of the ledger', () => {
  it('send of a member the company or the name, never both', () => {
    const typed = { ...emptyMember, companyIds: ['c'], nameZh: '示例', category: ' 会员单位 ' };
    expect(memberBody(typed)).toEqual({ companyId: 'c', category: '会员单位' });
    expect(memberBody({ ...typed, who: 'name' }, 'old')).toEqual({
      name: { zh: '示例' },
      category: '会员单位',
      corrects: 'old',
    });
  });

  it('send of a paper a line each of authors and issuers, and no address where there is none', () => {
    const typed = {
      titleZh: '白皮书',
      titleEn: '',
      authors: '',
      issuers: '甲\n 乙 \n\n',
      edition: '1.0',
      url: ' ',
    };
    expect(paperBody(typed)).toEqual({
      title: { zh: '白皮书' },
      authors: [],
      issuers: ['甲', '乙'],
      edition: '1.0',
      url: null,
    });
  });

  it('name what is missing', () => {
    expect(missingIn({ title: undefined, field: '', companyIds: [], summary: { zh: '有' } })).toEqual([
      '/title',
      '/field',
      '/companyIds',
    ]);
  });
});

describe('corrections', () => {
  const entries = [
    { id: '1', corrects: null },
    { id: '2', corrects: null },
    { id: '3', corrects: '1' },
    { id: '4', corrects: '3' },
  ];

  it('are known by the entries that they name', () => {
    expect([...correctedIn(entries)]).toEqual(['1', '3']);
  });

  it('stand before the editions that they replaced', () => {
    expect(editionsOf(entries).map((chain) => chain.map(({ id }) => id))).toEqual([['2'], ['4', '3', '1']]);
  });
});
