import { readConfigOrExit } from './config.js';
import { Health } from './health.js';
import { createLogger } from './logging.js';
import { startProcessTracing } from './process-tracing.js';
import { collectProcessMetrics } from './metrics.js';
import { onShutdown } from './shutdown.js';
import { settingsOf, type ServiceConfig, type ServiceDefinition } from './definition.js';
import { releaseStartupMemory } from './release-startup-memory.js';
import { startService, type RunningService } from './start-service.js';

/** The command `serve`: reads the settings, answers for its health, runs the service, and ends it in order. */
export async function serve(definition: ServiceDefinition): Promise<void> {
  const config = readConfigOrExit(
    settingsOf(definition),
    process.env,
    definition.settingsFaults,
  ) as ServiceConfig;
  const logger = createLogger(definition.name, config.LOG_LEVEL);
  const endTracing = await startProcessTracing(definition.name, config, logger);
  collectProcessMetrics(definition.name);
  const health = new Health();
  await health.listen(config.HEALTH_HOST, config.HEALTH_PORT);
  const started: { service?: RunningService } = {};
  health.require('database', async () => {
    await started.service?.dataSource.query('SELECT 1');
    return started.service !== undefined;
  });
  health.require('nats', () => started.service?.broker.isConnected() ?? false);
  onShutdown(logger, async () => {
    health.startDraining();
    await started.service?.stop();
    await endTracing();
    health.close();
  });
  const service = await startService(definition, config, logger);
  releaseStartupMemory();
  started.service = service;
  logger.info({ healthPort: config.HEALTH_PORT }, 'ready');
}
