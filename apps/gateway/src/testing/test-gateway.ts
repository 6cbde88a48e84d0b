import { Broker } from '#messaging';
import { Health, createLogger, readConfig } from '#service';
import { gatewaySettings } from '../config.js';
import { startGateway, type Gateway } from '../start-gateway.js';

/** A gateway of a test's own, with its own connection to the broker. */
export interface TestGateway extends Gateway {
  /** The address that it listens on. */
  base: string;
  stop: () => Promise<void>;
}

export async function startTestGateway(
  natsUrl: string,
  environment: Record<string, string> = {},
): Promise<TestGateway> {
  const config = readConfig(gatewaySettings, {
    NATS_URL: natsUrl,
    HEALTH_PORT: '1',
    HOST: '127.0.0.1',
    PORT: '1',
    ...environment,
  });
  const broker = await Broker.connect({ url: natsUrl, name: 'gateway' });
  const logger = createLogger('gateway', 'silent');
  const gateway = await startGateway({ ...config, PORT: 0 }, broker, new Health(), logger);
  const stop = async () => {
    await gateway.drain();
    await broker.drain();
  };
  return { ...gateway, base: `http://127.0.0.1:${gateway.port}`, stop };
}
