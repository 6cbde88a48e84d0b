import {
  Catch,
  Module,
  type Abstract,
  type DynamicModule,
  type ExceptionFilter,
  type Type,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { throwError, type Observable } from 'rxjs';
import { Broker, Rpc, type NatsStrategy } from '#messaging';
import {
  AdvisoryLocks,
  Database,
  Inbox,
  UnitOfWork,
  databaseOf,
  readPoolStats,
  waitForDatabase,
} from '#persistence';
import { auditController } from './audit.js';
import type { DataSource, ServiceConfig, ServiceDefinition } from './definition.js';
import { NestLogger, type Logger } from './logging.js';
import { showPool } from './metrics.js';
import { pingController } from './ping.js';
import { OutboxWorker } from './outbox-worker.js';
import { createStrategy } from './strategy.js';
import { CONFIG, LOGGER } from './tokens.js';

/** A service under way. */
export interface RunningService {
  dataSource: DataSource;
  unitOfWork: UnitOfWork;
  broker: Broker;
  /** Takes nothing new, finishes what it holds, publishes its outbox, and closes its connections. */
  stop: () => Promise<void>;
}

/** Starts one Nest service: database, broker, handlers, relay. Waits for a database and a broker that are not up yet. */
export async function startService(
  definition: ServiceDefinition,
  config: ServiceConfig,
  logger: Logger,
): Promise<RunningService> {
  const { name } = definition;
  const dataSource = definition.database.dataSource({
    url: config.DATABASE_URL,
    name,
    poolSize: config.DATABASE_POOL_SIZE,
  });
  await waitForDatabase(dataSource, (reason) => logger.warn({ reason }, 'waiting for the database'));
  const broker = await Broker.connect({
    url: config.NATS_URL,
    name,
    nkeySeed: config.NATS_NKEY_SEED,
    streamReplicas: config.STREAM_REPLICAS,
  });
  const outboxWorker = new OutboxWorker(dataSource, broker, logger);
  const unitOfWork = new UnitOfWork(dataSource, () => outboxWorker.relay.wake());
  const strategy = createStrategy(name, broker, dataSource, logger);
  showPool(() => readPoolStats(dataSource));
  const providers = [
    { provide: Broker, useValue: broker },
    { provide: Rpc, useValue: new Rpc(broker) },
    { provide: Database, useValue: databaseOf(dataSource) },
    { provide: UnitOfWork, useValue: unitOfWork },
    { provide: AdvisoryLocks, useValue: new AdvisoryLocks({ url: config.DATABASE_URL, name }) },
    { provide: Inbox, useValue: new Inbox(unitOfWork, name) },
    { provide: CONFIG, useValue: config },
    { provide: LOGGER, useValue: logger },
  ];
  const app = await NestFactory.createMicroservice<{ strategy: NatsStrategy }>(
    ServiceModule.around(name, await definition.module(), providers),
    {
      strategy,
      logger: new NestLogger(logger),
      abortOnError: false,
    },
  );
  app.useGlobalFilters(new PassErrorsOn());
  await app.listen();
  outboxWorker.start((subject, payload) => strategy.reapply(subject, payload));
  const stop = async () => {
    await strategy.stopReceiving();
    await app.close();
    await outboxWorker.stop();
    await broker.drain();
    await dataSource.destroy();
  };
  return { dataSource, unitOfWork, broker, stop };
}

type FactoryOrValue = { provide: symbol | Abstract<unknown>; useValue: unknown };

/** Makes the process's own objects injectable everywhere in the app's module. */
@Module({})
class ServiceModule {
  static around(name: ServiceDefinition['name'], module: Type, providers: FactoryOrValue[]): DynamicModule {
    const own = {
      module: ProcessObjects,
      global: true,
      providers,
      exports: providers.map((one) => one.provide),
    };
    return {
      module: ServiceModule,
      imports: [own, module],
      controllers: [pingController(name), auditController(name)],
    };
  }
}

@Module({})
class ProcessObjects {}

/** Errors reach the transport as they were thrown: it knows which are problems and which are bugs. */
@Catch()
class PassErrorsOn implements ExceptionFilter {
  catch(error: unknown): Observable<never> {
    return throwError(() => error);
  }
}
