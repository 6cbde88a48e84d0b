import { Broker } from '#messaging';
import { serveHttp } from '#service';
import { gatewaySettings } from './config.js';
import { startGateway } from './start-gateway.js';

/** The command `serve`: starts the HTTP edge and ends it in order. */
export function serveGateway(): Promise<void> {
  return serveHttp('gateway', gatewaySettings, async (config, logger, health) => {
    const { NATS_URL: url, NATS_NKEY_SEED: nkeySeed } = config;
    const broker = await Broker.connect({ url, name: 'gateway', nkeySeed });
    const gateway = await startGateway(config, broker, health, logger);
    return {
      port: gateway.port,
      drain: async () => {
        await gateway.drain();
        await broker.drain();
      },
    };
  });
}
