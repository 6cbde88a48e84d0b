import { setTimeout as wait } from 'node:timers/promises';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { NestLogger, type Logger } from '#service';
import { AppModule } from './app.module.js';
import type { WebConfig } from './config.js';

/** After the process has become unready, callers get this long to notice. */
const noticeMs = 300;
const maxUrlChars = 200;
const keepAliveTimeoutMs = 65_000;

export interface Web {
  readonly port: number;
  /** Finishes what is in flight and takes no more. */
  drain: () => Promise<void>;
}

/** Starts the HTTP server of the pages. It needs neither a database nor the broker. */
export async function startWeb(config: WebConfig, logger: Logger): Promise<Web> {
  const adapter = new FastifyAdapter({
    logger: false,
    // The gateway or the cluster's route is in front, and says for whom it asks.
    trustProxy: true,
    keepAliveTimeout: keepAliveTimeoutMs,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: maxUrlChars },
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(config, logger), adapter, {
    logger: new NestLogger(logger),
    bodyParser: false,
    abortOnError: false,
  });
  await app.listen(config.PORT, config.HOST);
  const address = app.getHttpServer().address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : config.PORT,
    drain: async () => {
      await wait(noticeMs);
      await app.close();
    },
  };
}
