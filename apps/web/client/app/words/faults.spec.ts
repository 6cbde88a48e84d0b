import { describe, expect, it } from '@jest/globals';
import { faultWords } from './faults.js';

describe('the words of a fault', () => {
  it.each([
    ['is required', '必填'],
    ['must be at most 200 characters long; these are 201', '最多 200 个字'],
    ['must be after startsAt', '应晚于开始时间'],
    ['must be at most 100000', '最多为 100000'],
    ['must be an address such as name@example.com', '邮箱格式不对，例如 name@example.com'],
    ['something new', 'something new'],
  ])('are Chinese for “%s”', (message, words) => {
    expect(faultWords(message, 'zh')).toBe(words);
    expect(faultWords(message, 'en')).toBe(message);
  });
});
