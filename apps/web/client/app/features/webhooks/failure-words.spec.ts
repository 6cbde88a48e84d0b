import { describe, expect, it } from '@jest/globals';
import { failureWords } from './failure-words.js';

describe('why no answer came', () => {
  it.each([
    ['No whole answer came within 15 seconds.', '15 秒内没有收到完整的回复。'],
    ['The connection failed (ECONNRESET).', '连接失败（ECONNRESET）。'],
    ['The robot refused the message (19001).', '机器人没有接受消息（19001）。'],
    ['Something new.', 'Something new.'],
  ])('%s', (error, words) => expect(failureWords(error)).toBe(words));
});
