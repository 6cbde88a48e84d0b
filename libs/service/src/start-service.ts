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
import type { z } from 'zod';
import { Broker, EventPublisher, NatsStrategy, Rpc, assertStream } from '#messaging';
import {
  Inbox,
  OutboxRelay,
  Writes,
  buryDeadLetter,
  databaseUnavailable,
  isOutage,
  waitForDatabase,
  type createDataSource,
} from '#persistence';
import { databaseSettings, processSettings } from './config.js';
import { NestLogger, type Logger } from './logging.js';
import { deadLetters, eventFailures, eventLagSeconds, relayFailures, requestSeconds } from './metrics.js';
import { pingController } from './ping.js';

type DataSource = ReturnType<typeof createDataSource>;

/** The injection token of a service's own settings, as `config.ts` typed them. */
export const CONFIG = Symbol('config');
/** The injection token of the process's pino logger. */
export const LOGGER = Symbol('logger');

/** Requests of one process under way at most; the next are refused at once with `Retry-After`. */
const maxInFlight = 2_000;

/** The settings of every process with a database. */
export const serviceSettings = { ...processSettings, ...databaseSettings };

export interface ServiceDefinition {
  name: 'accounts' | 'stops' | 'registrations' | 'sessions';
  /** The service's own settings, besides those every process with a database has. */
  settings: z.ZodRawShape;
  dataSource: (options: { url: string; name: string; poolSize: number }) => DataSource;
  module: Type;
}

export type ServiceConfig = z.output<z.ZodObject<typeof serviceSettings>>;

/** A service under way. */
export interface RunningService {
  writes: Writes;
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
  const dataSource = definition.dataSource({
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
  await assertStream(broker).catch((error: unknown) =>
    logger.warn({ err: error }, 'the event stream could not be asserted'),
  );
  const publisher = new EventPublisher(broker);
  const relay = new OutboxRelay(
    dataSource,
    (events) => publisher.publish(events),
    (error) => {
      relayFailures.inc();
      logger.warn({ err: error }, 'the outbox relay failed and will try again');
    },
  );
  const writes = new Writes(dataSource, () => relay.wake());
  const strategy = createStrategy(name, broker, writes, logger);
  const providers = [
    { provide: Broker, useValue: broker },
    { provide: Rpc, useValue: new Rpc(broker) },
    { provide: Writes, useValue: writes },
    { provide: Inbox, useValue: new Inbox(writes, name) },
    { provide: CONFIG, useValue: config },
    { provide: LOGGER, useValue: logger },
  ];
  const app = await NestFactory.createMicroservice<{ strategy: NatsStrategy }>(
    ServiceModule.around(definition, providers),
    {
      strategy,
      logger: new NestLogger(logger),
      abortOnError: false,
    },
  );
  app.useGlobalFilters(new PassErrorsOn());
  await app.listen();
  relay.start();
  const stop = async () => {
    await strategy.stopTaking();
    await app.close();
    await relay.stop();
    await broker.drain();
    await dataSource.destroy();
  };
  return { writes, broker, stop };
}

function createStrategy(service: string, broker: Broker, writes: Writes, logger: Logger): NatsStrategy {
  return new NatsStrategy(broker, {
    service,
    maxInFlight,
    translate: (error) => (isOutage(error) ? databaseUnavailable() : error),
    onAnswered: (subject, seconds, problem, call, cause) => {
      requestSeconds.observe({ subject, code: problem?.code ?? 'ok' }, seconds);
      if (problem?.code === 'internal.error') {
        logger.error({ err: cause, subject, requestId: call?.requestId }, 'a request broke');
      } else {
        logger.debug({ subject, requestId: call?.requestId, code: problem?.code ?? 'ok' }, 'answered');
      }
    },
    events: {
      isOutage,
      bury: async (letter) => {
        await buryDeadLetter(writes, letter);
        deadLetters.inc({ subject: letter.subject });
        logger.error(
          { subject: letter.subject, eventId: letter.eventId, reason: letter.reason },
          'buried a dead letter',
        );
      },
      onApplied: (subject, lag) => eventLagSeconds.observe({ subject }, lag),
      onFailed: (subject, error) => {
        eventFailures.inc({ subject });
        logger.warn({ err: error, subject }, 'an event could not be applied');
      },
    },
  });
}

type FactoryOrValue = { provide: symbol | Abstract<unknown>; useValue: unknown };

/** Makes the process's own objects injectable everywhere in the app's module. */
@Module({})
class ServiceModule {
  static around({ name, module }: ServiceDefinition, providers: FactoryOrValue[]): DynamicModule {
    const own = {
      module: ProcessObjects,
      global: true,
      providers,
      exports: providers.map((one) => one.provide),
    };
    return { module: ServiceModule, imports: [own, module], controllers: [pingController(name)] };
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
