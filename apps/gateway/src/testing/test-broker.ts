import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

export interface TestBroker {
  url: string;
  stop: () => Promise<void>;
}

/**
 * A nats-server of this test alone: here the test plays services that others test for real, and on a shared broker
 * both would answer. The server takes a free port itself, so that no other process takes it meanwhile.
 */
export async function startTestBroker(): Promise<TestBroker> {
  const server = spawn('nats-server', ['-a', '127.0.0.1', '-p', '-1'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return { url: `nats://127.0.0.1:${await portOf(server)}`, stop: () => stop(server) };
}

/** The port of a server that is ready. */
function portOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let log = '';
    server.stderr?.on('data', (chunk: Buffer) => {
      log += chunk.toString();
      const port = /Listening for client connections on \S+:(\d+)/.exec(log)?.[1];
      if (port !== undefined && log.includes('Server is ready')) resolve(port);
    });
    server.once('error', () => reject(new Error('nats-server does not start: is it on PATH?')));
    server.once('exit', () => reject(new Error(`nats-server does not start: ${log}`)));
  });
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  server.kill('SIGTERM');
  await once(server, 'exit');
}
