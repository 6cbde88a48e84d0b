import { readConfigOrExit } from './config.js';
import { Health } from './health.js';
import { createLogger } from './logging.js';
import { startProcessTracing } from './process-tracing.js';
import { collectProcessMetrics } from './metrics.js';
import { onShutdown } from './shutdown.js';
import {
  serviceSettings,
  startService,
  type RunningService,
  type ServiceConfig,
  type ServiceDefinition,
} from './start-service.js';

/** The main function of a service's process: settings, health, the service itself, and its orderly end. */
export async function runService(definition: ServiceDefinition): Promise<void> {
  const config = readConfigOrExit({ ...serviceSettings, ...definition.settings }) as ServiceConfig;
  const logger = createLogger(definition.name, config.LOG_LEVEL);
  const endTracing = await startProcessTracing(definition.name, config, logger);
  collectProcessMetrics(definition.name);
  const health = new Health();
  await health.listen(config.HEALTH_HOST, config.HEALTH_PORT);
  const started: { service?: RunningService } = {};
  health.require('database', async () => {
    await started.service?.unitOfWork.dataSource.query('SELECT 1');
    return started.service !== undefined;
  });
  health.require('nats', () => started.service?.broker.isConnected() ?? false);
  onShutdown(logger, async () => {
    health.startDraining();
    await started.service?.stop();
    await endTracing();
    health.close();
  });
  started.service = await startService(definition, config, logger);
  logger.info({ healthPort: config.HEALTH_PORT }, 'ready');
}
