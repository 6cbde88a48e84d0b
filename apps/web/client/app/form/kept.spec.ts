import { expect, it } from '@jest/globals';
import { changedFrom, keptName, rebased, withoutSecrets } from './kept.js';

const before = { capacity: '10', travel: { zh: '' }, name: '首站' };

it('keeps of a form what was changed in it', () => {
  expect(changedFrom(before, before)).toEqual({});
  expect(changedFrom(before, { ...before, capacity: '12', travel: { zh: '' } })).toEqual({ capacity: '12' });
});

it('brings what a colleague saved meanwhile into the fields that nobody has touched', () => {
  const now = { capacity: '11', travel: { zh: '地铁 2 号线' }, name: '首站' };
  expect(rebased(before, now, { ...before, capacity: '12' })).toEqual({ ...now, capacity: '12' });
  expect(rebased(before, now, before)).toEqual(now);
});

it('never writes what is secret', () => {
  const draft = { url: 'https://open.example.cn/hook?key=1', secret: 'SEC1', language: 'en' };
  expect(withoutSecrets(draft, ['url', 'secret'])).toEqual({ language: 'en' });
});

it('gives what was typed to its author alone, acting for the same company', () => {
  const names = [
    { user: { id: 'u1' }, keyId: null, companyId: 'c1' },
    { user: { id: 'u1' }, keyId: null, companyId: 'c2' },
    { user: { id: 'u2' }, keyId: null, companyId: 'c1' },
    { user: { id: 'u1' }, keyId: null, organizationId: 'o1' },
    { user: null, keyId: 'k1', companyId: 'c1' },
    null,
  ].map((owner) => keptName(owner, 'company profile'));
  expect(new Set(names).size).toBe(names.length);
});
