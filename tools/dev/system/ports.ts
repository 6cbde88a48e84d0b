import { createServer } from 'node:net';

/** Chosen ports stay below 32768: from there on the kernel hands them to outgoing connections. */
const LOWEST_PORT = 20_000;
const HIGHEST_PORT = 31_999;
/** Processes that choose ports at once, as Jest's workers do, and how many ports each of them chooses from. */
const RANGES = 4;
const RANGE_SIZE = (HIGHEST_PORT - LOWEST_PORT + 1) / RANGES;
const MOST_TRIES = 200;

/** Why a port can't be listened on: the system's error code (`EADDRINUSE`, `EACCES`), or null when it can. */
export async function portProblem(port: number): Promise<string | null> {
  // Both are asked for, since some systems let a listener on one address slip in beside one on all of them.
  return (
    (await bindProblem(port, '127.0.0.1')) ?? (await bindProblem(port, '0.0.0.0')) ?? anyAddressProblem(port)
  );
}

async function anyAddressProblem(port: number): Promise<string | null> {
  const problem = await bindProblem(port, '::');
  return problem === 'EADDRINUSE' ? problem : null;
}

function bindProblem(port: number, host: string): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(null)));
  });
}

/**
 * A port that nobody listens on, and that this process has not handed out before. Between this look and the use of the
 * port seconds can pass, so each of Jest's workers chooses from a range of its own.
 */
export async function freePort(): Promise<number> {
  const lowest = LOWEST_PORT + (Number(process.env['JEST_WORKER_ID'] ?? 0) % RANGES) * RANGE_SIZE;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const port = lowest + Math.floor(Math.random() * RANGE_SIZE);
    if (handedOut.has(port) || (await portProblem(port)) !== null) continue;
    handedOut.add(port);
    return port;
  }
  throw new Error(`No free port found between ${LOWEST_PORT} and ${HIGHEST_PORT}.`);
}

const handedOut = new Set<number>();

/** The wanted port where it is free and safe from outgoing connections, else any free one. */
export async function portNear(wanted: number): Promise<number> {
  if (wanted > HIGHEST_PORT || handedOut.has(wanted) || (await portProblem(wanted)) !== null)
    return freePort();
  handedOut.add(wanted);
  return wanted;
}
