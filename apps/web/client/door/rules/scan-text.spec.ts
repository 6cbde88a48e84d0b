import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { badgeHash, readScan } from './scan-text.js';

const badge = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

describe('what was scanned', () => {
  it.each<[string, string]>([
    ['as a scanner types it', badge],
    ['in lower case with gaps', '0123-4567 89abcdefghjkmnpqrstvwxyz'],
    [
      'in full-width characters of an input method',
      '０１２３４５６７８９ＡＢＣＤＥＦＧＨＪＫＭＮＰＱＲＳＴＶＷＸＹＺ',
    ],
    ['with O and l for 0 and 1', 'Ol23456789ABCDEFGHJKMNPQRSTVWXYZ'],
  ])('is a badge: %s', (_, text) => {
    expect(readScan(text)).toEqual({ kind: 'badge', badge });
  });

  it('is a door pass', () => {
    expect(readScan('https://tour.example.org/door/join#pass_Ab-12345678901234')).toEqual({
      kind: 'pass',
      token: 'pass_Ab-12345678901234',
    });
  });

  it.each(['', '示例甲', '5678', 'https://example.org/x', `${badge}U`])('is something else: %s', (text) => {
    expect(readScan(text).kind).toBe('other');
  });

  it('has the hash that lists name it by', async () => {
    expect(await badgeHash(badge)).toBe(createHash('sha256').update(badge).digest('base64url'));
  });
});
