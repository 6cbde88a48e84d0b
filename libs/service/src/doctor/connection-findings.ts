import { failed, type Finding } from './finding.js';

/** Why a database can't be used, by what its server or the network said (SQLSTATE, Node's codes). */
export function databaseUnreachable(url: string, error: unknown): Finding {
  const { code, message } = error as { code?: string; message?: string };
  const found = `${hostOf(url)}: ${message || code || String(error)}`;
  return failed('database', found, databaseAdvice(code ?? ''));
}

function databaseAdvice(code: string): string {
  if (code.startsWith('28')) return 'Correct user and password in DATABASE_URL.';
  if (code === '3D000')
    return 'Make the database (npm start, or the command databases), or correct DATABASE_URL.';
  if (code === '42501')
    return 'The role may not connect: see docs/broker-and-database-access.md for what it needs.';
  if (code === '53300')
    return 'All connections are taken: raise max_connections, or lower DATABASE_POOL_SIZE.';
  if (code === '57P03') return 'The server is starting or recovering: wait, and see its log if that lasts.';
  if (code === 'ENOTFOUND') return 'No such host: correct DATABASE_URL.';
  return 'Start the server, let this machine reach it, or correct DATABASE_URL.';
}

/** Why the broker can't be used. */
export function brokerUnreachable(url: string, error: unknown): Finding {
  const message = error instanceof Error ? error.message : String(error);
  const found = `${url.split(',').map(hostOf).join(', ')}: ${message}`;
  const isStranger = /authorization|authentication|nkey|seed/i.test(message);
  return failed(
    'broker',
    found,
    isStranger
      ? 'The broker does not know this user: NATS_NKEY_SEED must be the seed of the public key that its configuration names.'
      : 'Start nats-server, let this machine reach it, or correct NATS_URL.',
  );
}

/** Without user and password: what a terminal shows gets copied around. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'an address that is no URL';
}
