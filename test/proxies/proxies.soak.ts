import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWithTools } from '../support/outside-tools.js';
import { startSystem, type RunningSystem } from '../support/system.js';
import { Proxy, type ProxyName } from './proxy.js';

const names: ProxyName[] = ['nginx', 'caddy'];
const rounds = 10;
const requestsARound = 10_000;
const connections = 32;
/** The documented idle time-out of both proxies; the pauses end just before, at and just after it. */
const idleMs = 30_000;
const aroundMs = [-20, -10, -5, -1, 0, 1, 5, 10, 20];

describeWithTools(names, 'kept connections', () => {
  let system: RunningSystem;
  beforeAll(async () => {
    system = await startSystem({ env: { TRUSTED_PROXIES: '127.0.0.1' } });
  }, 300_000);
  afterAll(() => system?.stop());

  it.each(names)(
    '100,000 requests through %s with pauses at its idle time-out meet no gateway error',
    async (name) => {
      const proxy = await Proxy.start(name, system.url);
      const agent = new Agent({ keepAlive: true, maxSockets: connections });
      const counts = new Map<number, number>();
      try {
        for (let round = 0; round < rounds; round += 1) {
          await load(proxy.url, agent, counts);
          const last = round === rounds - 1;
          if (!last) await sleep(idleMs + (aroundMs[round % aroundMs.length] ?? 0));
        }
      } finally {
        agent.destroy();
        await proxy.stop();
      }
      // Half of them are POST, which a proxy may not repeat by itself; without a key they are refused.
      const half = (rounds * requestsARound) / 2;
      expect([...counts].toSorted(([a], [b]) => a - b)).toEqual([
        [200, half],
        [401, half],
      ]);
    },
    900_000,
  );
});

/** As many at once as there are connections, each next one when one is answered. */
async function load(url: string, agent: Agent, counts: Map<number, number>): Promise<void> {
  let left = requestsARound;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      const status = await ask(url, agent, left % 2 === 0 ? 'GET' : 'POST');
      counts.set(status, (counts.get(status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
}

function ask(url: string, agent: Agent, method: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/v1/tours`, { method, agent }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0));
    });
    sent.once('error', reject);
    sent.end();
  });
}
