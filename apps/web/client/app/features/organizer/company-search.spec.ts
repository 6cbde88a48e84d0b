import { describe, expect, it } from '@jest/globals';
import { auditSearch } from '../audit/audit-search.js';
import { mailSearch } from '../mail/mail-search.js';
import { companySearch } from './company-search.js';

describe('the filters in an address', () => {
  it.each([
    [companySearch({ status: 'verified', q: '示例' }), { status: 'verified', q: '示例' }],
    [companySearch({ status: 'nobody', q: '' }), {}],
    [companySearch({ q: 91 }), { q: '91' }],
    [mailSearch({ state: 'failed' }), { state: 'failed' }],
    [mailSearch({ state: ['failed'] }), {}],
    [
      auditSearch({ type: 'stop', id: '019b2f5e-7c00-7000-8000-00000000bb01' }),
      { type: 'stop', id: '019b2f5e-7c00-7000-8000-00000000bb01' },
    ],
    [auditSearch({ type: '&evil=1', id: '1' }), {}],
  ])('are what they may be: %j', (read, expected) => {
    expect(read).toEqual(expected);
  });
});
