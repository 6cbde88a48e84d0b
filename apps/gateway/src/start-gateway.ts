import { setTimeout as wait } from 'node:timers/promises';
import { NestFactory } from '@nestjs/core';
import { Broker, Rpc } from '#messaging';
import { CONFIG, Health, LOGGER, NestLogger, type Logger } from '#service';
import { AppModule } from './app.module.js';
import type { GatewayConfig } from './config.js';
import { GatewayAdapter } from './server/adapter.js';
import { OperationRouter } from './server/router.js';

/** Responses announce the end for this long, with requests still welcome, before no more connections are taken. */
const noticeMs = 300;
/** Idle connections are closed this often while the last requests finish. */
const idleSweepMs = 50;

export interface Gateway {
  /** The port that it listens on. */
  port: number;
  /** Every route that is mounted, as `GET /v1/tours/:id`. */
  routes: readonly string[];
  /** Finishes what is in flight and takes no more. */
  drain: () => Promise<void>;
}

/** Starts the HTTP server on a broker that is connected. */
export async function startGateway(
  config: GatewayConfig,
  broker: Broker,
  health: Health,
  logger: Logger,
): Promise<Gateway> {
  const adapter = new GatewayAdapter(config.TRUSTED_PROXIES, config.REQUEST_TIMEOUT_SECONDS * 1_000);
  const module = AppModule.with([
    { provide: CONFIG, useValue: config },
    { provide: LOGGER, useValue: logger },
    { provide: Broker, useValue: broker },
    { provide: Rpc, useValue: new Rpc(broker) },
    { provide: Health, useValue: health },
  ]);
  const app = await NestFactory.create(module, adapter, {
    logger: new NestLogger(logger),
    bodyParser: false,
    abortOnError: false,
  });
  await app.listen(config.PORT, config.HOST);
  const address = adapter.fastify.server.address();
  const drain = async () => {
    health.startDraining();
    app.get(OperationRouter).startDraining();
    await wait(noticeMs);
    const sweep = setInterval(() => adapter.fastify.server.closeIdleConnections(), idleSweepMs);
    await app.close().finally(() => clearInterval(sweep));
  };
  const { routes } = adapter;
  return {
    routes,
    port: typeof address === 'object' && address !== null ? address.port : config.PORT,
    drain,
  };
}
