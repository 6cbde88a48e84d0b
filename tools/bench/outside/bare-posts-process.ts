import { Pool } from 'undici';
import { answerParent } from '../in-own-process.js';

export interface BarePosts {
  readonly url: string;
  readonly body: string;
  readonly count: number;
  readonly connections: number;
}

/** The yardstick of deliveries: nothing but undici and the bytes. @returns posts a second */
answerParent<BarePosts, { perSecond: number }>(async ({ url, body, count, connections }) => {
  const pool = new Pool(new URL(url).origin, { connections, pipelining: 1 });
  const headers = { 'content-type': 'application/json' };
  let left = count;
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const { body: answer } = await pool.request({ path: '/', method: 'POST', headers, body });
      await answer.dump();
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: connections }, worker));
  const seconds = (performance.now() - began) / 1_000;
  await pool.close();
  return { perSecond: count / seconds };
});
