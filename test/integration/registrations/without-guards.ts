import type { ServiceDefinition } from '../../../libs/service/src/definition.js';
import type { TestedService } from '../../support/tested-service.js';

type Query = (statement: string | { text: string }, ...rest: unknown[]) => unknown;
interface Connection {
  query: Query;
  unguarded?: boolean;
}

/** The same service whose statements ask for no row locks: what happens then is what the locks are for. */
export function withoutLocks(definition: ServiceDefinition): ServiceDefinition {
  return {
    ...definition,
    database: {
      ...definition.database,
      dataSource: (options) => {
        const source = definition.database.dataSource(options);
        const create = source.createQueryRunner.bind(source);
        source.createQueryRunner = (mode) => {
          const runner = create(mode);
          const connect = runner.connect.bind(runner) as () => Promise<Connection>;
          runner.connect = async () => unlocked(await connect());
          return runner;
        };
        return source;
      },
    },
  };
}

function unlocked(connection: Connection): Connection {
  if (connection.unguarded === true) return connection;
  const query = connection.query.bind(connection);
  connection.query = (statement, ...rest) => query(stripped(statement), ...rest);
  connection.unguarded = true;
  return connection;
}

function stripped(statement: string | { text: string }): string | { text: string } {
  if (typeof statement !== 'string') return { ...statement, text: stripped(statement.text) as string };
  return statement.replace(/\bFOR (NO KEY )?UPDATE( OF \w+)?(?! SKIP)/g, '');
}

/** Takes away what the tables hold by themselves, so that nothing is left but the rules in the code. */
export async function dropConstraints({ rows }: TestedService): Promise<void> {
  await rows.query(`
    ALTER TABLE stops DROP CONSTRAINT stops_never_oversold;
    ALTER TABLE registrations DROP CONSTRAINT registrations_seats_check;
    ALTER TABLE sessions DROP CONSTRAINT sessions_never_overbooked;
    DROP INDEX registrations_one_live;
    DROP INDEX registrations_queue`);
}
