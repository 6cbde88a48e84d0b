import { describe, expect, it } from '@jest/globals';
import { ApiUnavailable, KnownAnswers, type AskApi } from './known-answers.js';

let nowMs = 0;
const answer = (value: unknown, etag = 'a') => ({ value, etag, asOfMs: nowMs });

function knownAnswers(...replies: (() => ReturnType<AskApi>)[]) {
  nowMs = 0;
  const asked: [string | undefined, string][] = [];
  const known = new KnownAnswers(
    (_path, etag, reader) => {
      asked.push([etag, reader]);
      const reply = replies.shift();
      if (reply === undefined) throw new Error('asked too often');
      return reply();
    },
    () => nowMs,
  );
  return { known, asked };
}

const away = () => Promise.reject(new ApiUnavailable('away'));

describe('what is known of the API', () => {
  it('asks once for all who want to know within a second', async () => {
    const { known, asked } = knownAnswers(async () => answer(1));
    const both = await Promise.all([known.get('/x', 'r1'), known.get('/x', 'r2')]);
    nowMs = 999;
    expect([...both, await known.get('/x', 'r3')].map((one) => one.answer.value)).toEqual([1, 1, 1]);
    expect(asked).toEqual([[undefined, 'r1']]);
  });

  it('asks again with the entity tag, and keeps the answer where it still holds', async () => {
    const { known, asked } = knownAnswers(
      async () => answer(1),
      async () => null,
      async () => answer(2, 'b'),
    );
    await known.get('/x', 'r');
    nowMs = 1_000;
    expect(await known.get('/x', 'r')).toMatchObject({ answer: { value: 1, asOfMs: 1_000 }, stale: false });
    nowMs = 2_000;
    expect(await known.get('/x', 'r')).toMatchObject({ answer: { value: 2 } });
    expect(asked.map(([etag]) => etag)).toEqual([undefined, 'a', 'a']);
  });

  it('shows what was known while the API is away, asks seldom, and recovers', async () => {
    const { known, asked } = knownAnswers(
      async () => answer(1),
      away,
      async () => answer(2),
    );
    await known.get('/x', 'r');
    nowMs = 5_000;
    expect(await known.get('/x', 'r')).toMatchObject({ answer: { value: 1, asOfMs: 0 }, stale: true });
    nowMs = 6_999;
    expect(await known.get('/x', 'r')).toMatchObject({ stale: true });
    expect(asked).toHaveLength(2);
    nowMs = 7_000;
    expect(await known.get('/x', 'r')).toMatchObject({ answer: { value: 2 }, stale: false });
  });

  it('says so where nothing is known', async () => {
    const { known } = knownAnswers(away, async () => answer(1));
    await expect(known.get('/x', 'r')).rejects.toThrow(ApiUnavailable);
    expect(await known.get('/x', 'r')).toMatchObject({ answer: { value: 1 } });
  });
});
