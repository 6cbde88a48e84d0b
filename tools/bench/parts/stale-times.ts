import { setTimeout as sleep } from 'node:timers/promises';
import { updateStop, type Caller, type Stop } from '#contracts';
import { Broker, Rpc, defaultDeadlineMs } from '#messaging';
import type { RunningSystem } from '../../dev/system/start-system.js';

const changes = 40;
const pauseMs = 60;

/**
 * How long after the answer to a change the public still reads the old state, in milliseconds, sorted.
 * The change is asked of the service itself, so that the gateway learns of it as any other replica would: by its event.
 */
export async function staleTimesMs(system: RunningSystem, stop: Stop): Promise<number[]> {
  const broker = await Broker.connect({
    url: system.natsUrl,
    name: 'operator',
    nkeySeed: system.natsSeed,
  });
  const rpc = new Rpc(broker);
  const caller = await organizerOf(system);
  const times: number[] = [];
  for (let number = 1; number <= changes; number += 1) {
    const zh = `示例站 ${number}`;
    await readName(system, stop);
    const call = { caller, requestId: 'bench', deadlineMs: Date.now() + defaultDeadlineMs };
    await rpc.call(updateStop, { id: stop.id, body: { name: { zh } } }, call);
    const answeredAt = performance.now();
    while ((await readName(system, stop)) !== zh);
    times.push(performance.now() - answeredAt);
    await sleep(pauseMs);
  }
  await broker.drain();
  return times.sort((a, b) => a - b);
}

async function readName({ url }: RunningSystem, { id }: Stop): Promise<string | undefined> {
  const response = await fetch(`${url}/v1/stops/${id}`);
  const { name } = (await response.json()) as Stop;
  return name.zh;
}

async function organizerOf({ url, organizerKey }: RunningSystem): Promise<Caller> {
  const response = await fetch(`${url}/v1/me`, { headers: { authorization: `Bearer ${organizerKey}` } });
  const { keyId, organizationId } = (await response.json()) as { keyId: string; organizationId: string };
  return { role: 'organizer', keyId, organizationId };
}
