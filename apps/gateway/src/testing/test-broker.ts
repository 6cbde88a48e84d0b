import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

export interface TestBroker {
  url: string;
  stop: () => Promise<void>;
}

/**
 * A nats-server of this test alone: here the test plays services that others test for real, and on a shared broker
 * both would answer. Its port lies below those that outgoing connections take.
 */
export async function startTestBroker(tries = 5): Promise<TestBroker> {
  const port = 20_000 + Math.floor(Math.random() * 12_000);
  const server = spawn('nats-server', ['-a', '127.0.0.1', '-p', String(port)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (await listens(server)) return { url: `nats://127.0.0.1:${port}`, stop: () => stop(server) };
  if (tries > 1) return startTestBroker(tries - 1);
  throw new Error('nats-server does not start: is it on PATH?');
}

function listens(server: ChildProcess): Promise<boolean> {
  return new Promise((resolve) => {
    server.stderr?.on('data', (chunk: Buffer) => {
      if (chunk.includes('Server is ready')) resolve(true);
    });
    server.once('error', () => resolve(false));
    server.once('exit', () => resolve(false));
  });
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  server.kill('SIGTERM');
  await once(server, 'exit');
}
