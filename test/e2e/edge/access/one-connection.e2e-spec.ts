import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDataSource, databaseOf, isOutage, UnitOfWork } from '#persistence';
import { inSomeTry } from '#service/testing/patience';
import { ownDatabase } from '../../../support/own-servers.js';
import { startSystem, type RunningSystem } from '../../../support/system.js';
import { rows, type Target } from './rows.js';
import { World, type CallerName } from './scenario.js';

/** An operation on something that nobody may use it on is tried elsewhere. */
const tried = rows.filter(({ allowed }) => allowed !== '');

interface Operation {
  readonly method: string;
  readonly path: string;
}

/**
 * A transaction that waits for a second connection while it holds one waits for itself where the pool has one. So every
 * operation of the API is done once, by a caller who may, on services with one connection each.
 */
describe('with one database connection a service', () => {
  let system: RunningSystem;
  let world: World;
  let operations: Map<string, Operation>;

  beforeAll(async () => {
    system = await startSystem({
      mailCatcher: true,
      env: {
        DATABASE_POOL_SIZE: '1',
        EGRESS_ALLOW: '127.0.0.0/8',
        BOT_HOSTS: '127.0.0.1',
        TRUSTED_PROXIES: '127.0.0.1',
      },
    });
    operations = operationsOf(await (await fetch(`${system.url}/openapi.json`)).json());
    world = await World.build(system.url, system.adminKey);
  }, 300_000);
  afterAll(() => system?.stop());

  it.each(tried.map((row) => [`${row.operation} ${row.of ?? ''}`.trim(), row] as const))(
    '%s succeeds',
    async (_name, row) => {
      const [caller] = row.allowed.split(' ') as CallerName[];
      const operation = operations.get(row.operation);
      if (caller === undefined || operation === undefined) throw new Error(`Nobody may ${row.operation}.`);
      // On a busy machine a request can wait for the connection longer than its time; one that waits for itself does in
      // every try.
      await inSomeTry(async () => {
        const target = await row.target(world);
        const own = caller === 'admin' ? row.adminNames?.(world) : undefined;
        const body = own === undefined ? target.body : { ...(target.body as object), ...own };
        const answer = await world.callers[caller].send(
          operation.method,
          urlOf(operation, target),
          body,
          target.headers,
        );
        // Of a refusal; some resources have a member of that name.
        const problem = answer.status < 400 ? undefined : answer.body?.code;
        expect([Math.floor(answer.status / 100), problem]).toEqual([2, undefined]);
      });
    },
  );
});

function urlOf({ path }: Operation, target: Target): string {
  return `${path.replace(/\{(\w+)\}/g, (_, name: string) => target.path?.[name] ?? '')}${target.query ?? ''}`;
}

function operationsOf(document: unknown): Map<string, Operation> {
  const { paths } = document as { paths: Record<string, Record<string, { operationId: string }>> };
  return new Map(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => [
        operationId,
        { path, method: method.toUpperCase() },
      ]),
    ),
  );
}

/** Without it the tests above would prove nothing. */
it('a second connection inside of a transaction is never had', async () => {
  const database = await ownDatabase('one_connection');
  const source = createDataSource({ url: database.url, name: 'one-connection', poolSize: 1 });
  await source.initialize();
  const unitOfWork = new UnitOfWork(source, () => undefined);
  const outside = databaseOf(source);
  const second = await unitOfWork
    .transaction(() => outside.query('SELECT 1'))
    .catch((error: unknown) => error);
  expect(isOutage(second)).toBe(true);
  expect(await unitOfWork.transaction((manager) => manager.query('SELECT 1 AS one'))).toEqual([{ one: 1 }]);
  await source.destroy();
  await database.drop();
});
