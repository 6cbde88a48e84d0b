import { describe, expect, it } from '@jest/globals';
import { speakerKey } from './speakers.js';

describe('the key of a speaker', () => {
  it.each([
    [{ email: ' Zhang.San@Example.COM ' }, 'zhang.san@example.com'],
    [{ email: 'jose\u0301@example.com' }, 'jos\u00e9@example.com'],
    [{ personKey: 'camp2019:7797' }, 'person:camp2019:7797'],
  ])('%j', (speaker, key) => {
    expect(speakerKey(speaker)).toBe(key);
  });
});
