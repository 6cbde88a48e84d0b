import { describe, expect, it } from '@jest/globals';
import { remarkWords } from './remark-words.js';

describe('what is said of an entry', () => {
  it.each([
    [
      'The room Hall is taken by “Opening” from 2027-01-16 09:00 to 09:45.',
      '会场 Hall 已被“Opening”占用（2027-01-16 09:00 至 09:45）。',
    ],
    [
      'The room Hall is taken by “Opening” from 2027-01-16 09:00 to 09:45 (Asia/Shanghai).',
      '会场 Hall 已被“Opening”占用（2027-01-16 09:00 至 09:45，Asia/Shanghai）。',
    ],
    [
      '张三 speaks at the same time in “Opening” from 2027-01-16 09:00 to 09:45 and 2 more.',
      '张三 同时在“Opening”分享（2027-01-16 09:00 至 09:45）。',
    ],
    [
      '2019-08-21 17:00 to 17:30 is not within the stop, 2027-01-16 09:00 to 18:00. Left out: the link “mailto:a”.',
      '2019-08-21 17:00 至 17:30 不在这一站的时间（2027-01-16 09:00 至 18:00）内。去掉了：链接“mailto:a”。',
    ],
    [
      'It has no title. It lasts 2 minutes; a session lasts 5 to 1440.',
      '没有标题。时长 2 分钟，应为 5 至 1440 分钟。',
    ],
    ['The file is not valid JSON (line 3, column 7).', '这不是有效的 JSON（第 3 行第 7 列）。'],
    [
      "1 of 3 entries can't be taken, so none was. The first: It has no title.",
      '3 条中有 1 条不能导入，因此全部没有导入。第一条：没有标题。',
    ],
    ['Something new.', 'Something new.'],
  ])('%s', (english, words) => {
    expect(remarkWords(english, 'zh')).toBe(words);
    expect(remarkWords(english, 'en')).toBe(english);
  });
});
