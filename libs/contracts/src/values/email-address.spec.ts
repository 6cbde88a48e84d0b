import { describe, expect, it } from '@jest/globals';
import { readEmailAddress } from './email-address.js';

const label = 'a'.repeat(63);

describe('an e-mail address', () => {
  it.each([
    [' Delegate@Example.COM ', 'delegate@example.com'],
    ['zhang@xn--fiq228c5hs.xn--fiqs8s', 'zhang@xn--fiq228c5hs.xn--fiqs8s'],
    ['zhangsan@例子.中国', 'zhangsan@xn--fsqu00a.xn--fiqs8s'],
    ['zhangsan@例子。中国', 'zhangsan@xn--fsqu00a.xn--fiqs8s'],
    ['zhangsan@Bücher.example', 'zhangsan@xn--bcher-kva.example'],
    ['zhangsan@Straße.de', 'zhangsan@xn--strae-oqa.de'],
    ['zhangsan@ｅｘａｍｐｌｅ．ｃｏｍ', 'zhangsan@example.com'],
    ['r&d@example.com', 'r&d@example.com'],
    ["o'neil@example.com", "o'neil@example.com"],
    ['!#$%&*+/=?^_`{|}~-@example.com', '!#$%&*+/=?^_`{|}~-@example.com'],
    ['a@b.museum', 'a@b.museum'],
    ['a@1.2.c3', 'a@1.2.c3'],
    ['a@r3---sn.example', 'a@r3---sn.example'],
    ['first.last+tag@sub.example.co', 'first.last+tag@sub.example.co'],
    ['12345@qq.com', '12345@qq.com'],
    [`${'x'.repeat(64)}@example.com`, `${'x'.repeat(64)}@example.com`],
    [`x@${label}.${label}.${label}.${'b'.repeat(60)}`, `x@${label}.${label}.${label}.${'b'.repeat(60)}`],
  ])('may be %j', (given, value) => expect(readEmailAddress(given)).toEqual({ value }));

  it.each([
    ['', 'must not be empty'],
    ['delegate', 'must be an e-mail address such as name@example.com'],
    ['@example.com', 'must be an e-mail address such as name@example.com'],
    ['delegate@', 'must be an e-mail address such as name@example.com'],
    ['a\u200b@example.com', 'must not contain the invisible character U+200B'],
    ['\u200ba@example.com', 'must not contain the invisible character U+200B'],
    ['a@exam\u00adple.com', 'must not contain the invisible character U+00AD'],
    ['a@exam\u200dple.com', 'must not contain the invisible character U+200D'],
    ['a\u202e@example.com', 'must not contain the invisible character U+202E'],
    ['a@example.com\u0000', 'must not contain the invisible character U+0000'],
    ['a@example.com\r\nBcc: b@example.com', 'must not contain the invisible character U+000D'],
    ['a b@example.com', 'must not contain blanks'],
    ['a\u00a0b@example.com', 'must not contain blanks'],
    [`${'x'.repeat(65)}@example.com`, 'must have at most 64 characters before the "@"'],
    ['张三@example.com', 'must have only ASCII characters before the "@"'],
    ['"john doe"@example.com', 'must not contain blanks'],
    ['"john"@example.com', 'must not have quotation marks before the "@"'],
    ['.a@example.com', 'must not begin or end with a dot, or have two in a row, before the "@"'],
    ['a.@example.com', 'must not begin or end with a dot, or have two in a row, before the "@"'],
    ['a..b@example.com', 'must not begin or end with a dot, or have two in a row, before the "@"'],
    ['a,b@example.com', 'must not contain , before the "@"'],
    ['a@b@example.com', 'must not contain @ before the "@"'],
    ['mailto:a@example.com', 'must not contain : before the "@"'],
    ['a@[192.0.2.1]', 'must have a domain name after the "@", not an address in brackets'],
    ...[
      'a@b',
      'x@example-.com',
      'x@-example.com',
      'x@example.-com',
      'x@例子-.中国',
      'x@example..com',
      'x@.example.com',
      'x@example.com.',
      'x@exam_ple.com',
      'x@example.com/path',
      'x@example.com:25',
      'x@例子.中国:25',
      'x@例子％２ｅ.com',
      'x@例子／.com',
      'x@192.0.2.1',
      'x@１９２.0.2.1',
      'x@example.123',
      `x@${'a'.repeat(64)}.com`,
      'a@example.com, b@example.com',
    ]
      .filter((given) => !given.includes(' '))
      .map((given) => [given, 'must have a domain name such as example.com after the "@"']),
    [`x@${label}.${label}.${label}.${'b'.repeat(61)}`, 'must be at most 254 characters long'],
  ])('may not be %j: %s', (given, fault) => expect(readEmailAddress(given)).toEqual({ fault }));
});
