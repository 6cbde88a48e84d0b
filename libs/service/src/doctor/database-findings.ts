import type { DatabaseDiagnostics } from '#persistence';
import { clockFinding } from './clock-finding.js';
import { passed, failed, type Finding } from './finding.js';

const oldestServer = 150_000;
/** Events that wait longer than this are not on their way: something holds them up, in seconds. */
const oldestEventSeconds = 60;
/** Of the connections that the server grants. */
const fullAt = 0.9;

/** What a look at a database says to an operator. */
export function databaseFindings(look: DatabaseDiagnostics): Finding[] {
  return [server(look), connections(look), clockOf(look), ...tables(look)];
}

function server({ serverVersion, serverVersionNumber, standby, hasBtreeGist }: DatabaseDiagnostics): Finding {
  const found = `PostgreSQL ${serverVersion}`;
  if (serverVersionNumber < oldestServer) return failed('database', found, 'Use PostgreSQL 15 or newer.');
  if (standby)
    return failed(
      'database',
      `${found}, a standby`,
      'Name the primary in DATABASE_URL: only it takes writes.',
    );
  if (!hasBtreeGist)
    return failed(
      'database',
      `${found} without the extension btree_gist`,
      "Install PostgreSQL's contrib package on the server: rules about times rest on it.",
    );
  return passed('database', found);
}

function connections({ connections: open, maxConnections }: DatabaseDiagnostics): Finding {
  const found = `${open} of ${maxConnections} connections are open`;
  if (open < maxConnections * fullAt) return passed('connections', found);
  return failed(
    'connections',
    found,
    'Raise max_connections of the server, or lower DATABASE_POOL_SIZE or the number of replicas.',
  );
}

function clockOf({ clockAheadMs, clockDoubtMs }: DatabaseDiagnostics): Finding {
  return clockFinding('clock', 'the database server', clockAheadMs, clockDoubtMs);
}

function tables(look: DatabaseDiagnostics): Finding[] {
  const { pending, outbox } = look;
  if (pending.length > 0)
    return [
      failed(
        'tables',
        `${pending.length} migrations are missing: ${pending.join(', ')}`,
        'Run the migrate command of this version for this service.',
      ),
    ];
  const level = migrationLevel(look);
  if (outbox === undefined) return [level, rights(look)];
  return [
    level,
    rights(look),
    events(outbox.outboxWaiting, outbox.outboxOldestSeconds),
    letters(outbox.deadLetters),
  ];
}

/** Newer tables serve this version too: that is how upgrades go. */
function migrationLevel({ unknown }: DatabaseDiagnostics): Finding {
  if (unknown.length === 0) return passed('tables', 'as this version makes them');
  return passed('tables', `newer than this version, which does not know ${unknown.join(', ')}`);
}

function rights({ role, superuser, owner, lacking, beyond }: DatabaseDiagnostics): Finding {
  if (superuser)
    return failed(
      'rights',
      `the role ${role} may do everything on the whole server`,
      'Give the service a role of its own in DATABASE_URL: see docs/broker-and-database-access.md.',
    );
  if (owner) return passed('rights', `the role ${role} owns the tables, so it may also change their form`);
  const repeat = `Run the migrate command with DATABASE_APP_ROLE=${role}: it gives the role what it needs and no more.`;
  if (lacking.length > 0) return failed('rights', `the role ${role} lacks ${lacking.join(', ')}`, repeat);
  if (beyond.length > 0) return failed('rights', `the role ${role} needs no ${beyond.join(', ')}`, repeat);
  return passed('rights', `the role ${role} has what it needs and no more`);
}

function events(waiting: number, oldestSeconds: number): Finding {
  if (oldestSeconds < oldestEventSeconds) return passed('outbox', `${waiting} events wait for the stream`);
  return failed(
    'outbox',
    `${waiting} events wait for the stream, the oldest for ${Math.round(oldestSeconds)} s`,
    'See that the service runs and the broker takes events (its disk, its rights): they go out by themselves then.',
  );
}

function letters(count: number): Finding {
  if (count === 0) return passed('dead letters', 'none');
  return failed(
    'dead letters',
    `${count} events could not be applied`,
    'Look at them with `dead-letters list`; when the reason is mended, `dead-letters replay --all`.',
  );
}
