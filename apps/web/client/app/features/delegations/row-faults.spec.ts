import { describe, expect, it } from '@jest/globals';
import { delegatesOf, rowFaults } from './row-faults.js';

const row = (some: object) => ({
  name: '示例甲',
  email: 'wang@example.com',
  mobile: '',
  jobTitle: '',
  ...some,
});

describe('faults of rows', () => {
  it.each([
    [{}, {}],
    [{ name: ' ' }, { '/delegates/0/name': 'missing' }],
    [{ email: '' }, { '/delegates/0/email': 'missing' }],
    [{ email: 'wang@' }, { '/delegates/0/email': 'email' }],
    [{ mobile: '123' }, { '/delegates/0/mobile': 'mobile' }],
    [{ mobile: '138 0013 8000' }, {}],
    [{ name: 'x'.repeat(201) }, { '/delegates/0/name': 'long' }],
  ])('%j has %j', (some, faults) => expect(Object.fromEntries(rowFaults([row(some)]))).toEqual(faults));

  it('name the second of two equal addresses, in whatever case', () => {
    const rows = [row({}), row({ email: 'WANG@example.com ' })];
    expect(Object.fromEntries(rowFaults(rows))).toEqual({ '/delegates/1/email': 'twice' });
  });

  it('leave out what is empty when they are sent', () => {
    expect(delegatesOf([row({ name: ' 示例甲 ' })])).toEqual([{ name: '示例甲', email: 'wang@example.com' }]);
  });
});
