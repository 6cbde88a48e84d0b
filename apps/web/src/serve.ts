import {
  Health,
  collectProcessMetrics,
  createLogger,
  onShutdown,
  readConfigOrExit,
  releaseStartupMemory,
  startProcessTracing,
} from '#service';
import { webSettings } from './config.js';
import { startWeb } from './start-web.js';

/** The command `serve`: starts the web process and ends it in order. */
export async function serveWeb(): Promise<void> {
  const config = readConfigOrExit(webSettings);
  const logger = createLogger('web', config.LOG_LEVEL);
  const endTracing = await startProcessTracing('web', config, logger);
  collectProcessMetrics('web');
  const health = new Health();
  await health.listen(config.HEALTH_HOST, config.HEALTH_PORT);
  let started = false;
  // Without the API a page still shows what is known, so the API is no condition.
  health.require('started', () => started);

  const web = await startWeb(config, logger);
  releaseStartupMemory();
  started = true;
  logger.info({ port: web.port, healthPort: config.HEALTH_PORT }, 'ready');

  onShutdown(logger, async () => {
    health.startDraining();
    await web.drain();
    await endTracing();
    health.close();
  });
}
