import { describe, expect, it } from '@jest/globals';
import { parsePeople } from './paste.js';

const person = (name: string, email = '', mobile = '', jobTitle = '') => ({ name, email, mobile, jobTitle });

describe('people pasted from a sheet', () => {
  it('are found by the headings of their columns, in any order', () => {
    const text =
      '序号\t职务\t姓名*\t手机号码\t电子邮箱\r\n1\t工程师\t示例甲\t13800138000\twang@example.com\r\n';
    expect(parsePeople(text)).toEqual([person('示例甲', 'wang@example.com', '13800138000', '工程师')]);
    expect(parsePeople('Full Name\tE-mail\nLi Lei\tli@example.com')).toEqual([
      person('Li Lei', 'li@example.com'),
    ]);
  });

  it('are found by what they look like where there are no headings', () => {
    const text =
      '1\t示例甲\t13800138000\twang@example.com\t工程师\n2\t示例乙\t+86 139 0013 9000\tli@example.com\t经理';
    expect(parsePeople(text)).toEqual([
      person('示例甲', 'wang@example.com', '13800138000', '工程师'),
      person('示例乙', 'li@example.com', '+86 139 0013 9000', '经理'),
    ]);
  });

  it.each([
    ['an empty last line', '示例甲\twang@example.com\r\n\r\n', [person('示例甲', 'wang@example.com')]],
    ['an empty cell', '示例甲\t\twang@example.com', [person('示例甲', 'wang@example.com')]],
    [
      'a tab and a line break in a cell',
      '"王\t芳"\twang@example.com\t"总\n监"',
      [person('王\t芳', 'wang@example.com', '', '总 监')],
    ],
    ['quotation marks in a cell', '"王""芳"""\twang@example.com', [person('王"芳"', 'wang@example.com')]],
    [
      'full-width signs',
      '示例甲\twang＠example.com\t１３８００１３８０００',
      [person('示例甲', 'wang@example.com', '13800138000')],
    ],
    [
      'an apostrophe of Excel',
      "示例甲\twang@example.com\t'13800138000",
      [person('示例甲', 'wang@example.com', '13800138000')],
    ],
    [
      'signs that nobody sees',
      '\uFEFF示例甲\u200B\t wang@example.com\u00A0',
      [person('示例甲', 'wang@example.com')],
    ],
    [
      'commas',
      '示例甲，wang@example.com，13800138000',
      [person('示例甲', 'wang@example.com', '13800138000')],
    ],
    ['names alone', '示例甲\n示例乙', [person('示例甲'), person('示例乙')]],
    ['nothing', ' \n', []],
  ])('survive %s', (_, text, people) => expect(parsePeople(text)).toEqual(people));

  it('take 1,000 rows in no time', () => {
    const text = Array.from(
      { length: 1_000 },
      (_, n) => `人${n}\tp${n}@example.com\t1380013${8000 + n}`,
    ).join('\n');
    const began = performance.now();
    expect(parsePeople(text)).toHaveLength(1_000);
    expect(performance.now() - began).toBeLessThan(200);
  });
});
