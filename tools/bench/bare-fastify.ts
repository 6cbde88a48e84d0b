import { fromSource } from '../dev/system/main-of.js';
import { fork } from 'node:child_process';
import { once } from 'node:events';

export interface BarePage {
  readonly body: string;
  readonly contentType: string;
}

export interface BareFastify {
  readonly port: number;
  readonly pid: number;
  stop: () => void;
}

/** Starts a bare Fastify server in a process of its own that answers `GET /` with these bytes. */
export async function startBareFastify(page: BarePage): Promise<BareFastify> {
  const child = fork(new URL('bare-fastify-process.ts', import.meta.url), { execArgv: fromSource });
  child.send(page);
  const [port] = (await once(child, 'message')) as [number];
  return { port, pid: child.pid ?? 0, stop: () => void child.kill() };
}
