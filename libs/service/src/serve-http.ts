import type { z } from 'zod';
import { readConfigOrExit } from './config.js';
import { Health } from './health.js';
import { createLogger, type Logger } from './logging.js';
import { collectProcessMetrics } from './metrics.js';
import { startProcessTracing } from './process-tracing.js';
import { releaseStartupMemory } from './release-startup-memory.js';
import { onShutdown } from './shutdown.js';

/** A server that takes requests from outside. */
export interface HttpServer {
  readonly port: number;
  /** Answers what has begun and takes nothing new. */
  drain(): Promise<void>;
}

type Common = Parameters<typeof startProcessTracing>[1] & {
  readonly LOG_LEVEL: Parameters<typeof createLogger>[1];
  readonly HEALTH_HOST: string;
  readonly HEALTH_PORT: number;
};

/**
 * The command `serve` of a process that answers HTTP and has no database of its own: health, metrics, traces and an
 * orderly end around the server that `start` makes.
 */
export async function serveHttp<Shape extends z.ZodRawShape>(
  name: string,
  settings: z.output<z.ZodObject<Shape>> extends Common ? Shape : never,
  start: (config: z.output<z.ZodObject<Shape>>, logger: Logger, health: Health) => Promise<HttpServer>,
): Promise<void> {
  const config = readConfigOrExit<Shape>(settings) as z.output<z.ZodObject<Shape>> & Common;
  const logger = createLogger(name, config.LOG_LEVEL);
  const endTracing = await startProcessTracing(name, config, logger);
  collectProcessMetrics(name);
  const health = new Health();
  await health.listen(config.HEALTH_HOST, config.HEALTH_PORT);
  let started = false;
  health.require('started', () => started);

  const server = await start(config, logger, health);
  releaseStartupMemory();
  started = true;
  logger.info({ port: server.port, healthPort: config.HEALTH_PORT }, 'ready');

  onShutdown(logger, async () => {
    health.startDraining();
    await server.drain();
    await endTracing();
    health.close();
  });
}
