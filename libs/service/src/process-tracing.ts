import { startTracing } from '#tracing';
import type { Logger } from './logging.js';
import { FailureLog } from './failure-log.js';

/** Starts the traces of a process, where it is told of a collector. Comes before anything is put together. */
export function startProcessTracing(
  service: string,
  { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }: { OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined },
  logger: Logger,
): Promise<() => Promise<void>> {
  const log = new FailureLog(logger, 'handing over traces');
  return startTracing({ service, endpoint, onTrouble: (error) => log.failed(error) });
}
