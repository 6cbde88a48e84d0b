import { Broker } from '#messaging';
import {
  Health,
  collectProcessMetrics,
  createLogger,
  onShutdown,
  readConfigOrExit,
  releaseStartupMemory,
  startProcessTracing,
} from '#service';
import { gatewaySettings } from './config.js';
import { startGateway } from './start-gateway.js';

/** The command `serve`: starts the HTTP edge and ends it in order. */
export async function serveGateway(): Promise<void> {
  const config = readConfigOrExit(gatewaySettings);
  const logger = createLogger('gateway', config.LOG_LEVEL);
  const endTracing = await startProcessTracing('gateway', config, logger);
  collectProcessMetrics('gateway');
  const health = new Health();
  await health.listen(config.HEALTH_HOST, config.HEALTH_PORT);
  let started = false;
  health.require('started', () => started);

  const broker = await Broker.connect({
    url: config.NATS_URL,
    name: 'gateway',
    nkeySeed: config.NATS_NKEY_SEED,
  });
  const gateway = await startGateway(config, broker, health, logger);
  releaseStartupMemory();
  started = true;
  logger.info({ port: gateway.port, healthPort: config.HEALTH_PORT }, 'ready');

  onShutdown(logger, async () => {
    await gateway.drain();
    await broker.drain();
    await endTracing();
    health.close();
  });
}
