import { startTracing, type SamplerName } from '#tracing';
import type { Logger } from './logging.js';
import { FailureLog } from './failure-log.js';

interface TracingSettings {
  readonly OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined;
  readonly OTEL_TRACES_SAMPLER?: SamplerName | undefined;
  readonly OTEL_TRACES_SAMPLER_ARG?: number | undefined;
}

/** Starts the traces of a process, where a collector is configured. Runs before anything is put together. */
export function startProcessTracing(
  service: string,
  settings: TracingSettings,
  logger: Logger,
): Promise<() => Promise<void>> {
  const log = new FailureLog(logger, 'handing over traces');
  return startTracing({
    service,
    endpoint: settings.OTEL_EXPORTER_OTLP_ENDPOINT,
    sampling: { sampler: settings.OTEL_TRACES_SAMPLER, ratio: settings.OTEL_TRACES_SAMPLER_ARG },
    onTrouble: (error) => log.failed(error),
  });
}
