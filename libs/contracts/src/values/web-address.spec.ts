import { describe, expect, it } from '@jest/globals';
import { readWebAddress } from './web-address.js';

describe('a web address', () => {
  it.each([
    ['https://example.com', 'https://example.com/'],
    [' HTTP://Example.COM:80/a b ', 'http://example.com/a%20b'],
    [
      'https://例子.中国/巡回?站=成都',
      'https://xn--fsqu00a.xn--fiqs8s/%E5%B7%A1%E5%9B%9E?%E7%AB%99=%E6%88%90%E9%83%BD',
    ],
  ])('%s is kept as %s', (given, value) => {
    expect(readWebAddress(given)).toEqual({ value });
    expect(readWebAddress(value)).toEqual({ value });
  });

  it.each(['example.com', 'javascript:alert(1)', 'ftp://example.com/', 'https://', 'mailto:a@example.com'])(
    'is not %s',
    (given) => {
      expect(readWebAddress(given)).toEqual({ fault: 'must be a web address such as https://example.com' });
    },
  );

  it('is as long as it is stored', () => {
    const path = '站'.repeat(300);
    expect(readWebAddress(`https://example.com/${path}`)).toEqual({
      fault: 'must be at most 2000 characters long when it is percent-encoded',
    });
  });

  it('stands on one line', () => {
    expect(readWebAddress('https://exa\nmple.com')).toEqual({ fault: 'must be on one line' });
  });
});
