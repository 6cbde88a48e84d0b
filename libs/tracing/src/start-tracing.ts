import { context } from '@opentelemetry/api';
import { samplerOf, type Sampling } from './sampler.js';
import { makeSpansWith } from './span.js';

export interface TracingOptions {
  /** The process: `service.name`, unless `OTEL_SERVICE_NAME` says another. */
  service: string;
  /** Where an OpenTelemetry collector takes OTLP over HTTP, such as http://otel-collector:4318; undefined for no traces. */
  endpoint: string | undefined;
  sampling?: Sampling | undefined;
  /** Called when spans can't be handed over; they are lost then. */
  onTrouble: (error: unknown) => void;
}

/** What is left is handed over within this at the end of a process, in milliseconds, or lost. */
const flushWithinMs = 1_000;

/**
 * Has this process make spans and hand them to a collector. Without an endpoint nothing of OpenTelemetry's SDK is even
 * loaded.
 * @returns ends it
 */
export async function startTracing({
  service,
  endpoint,
  sampling,
  onTrouble,
}: TracingOptions): Promise<() => Promise<void>> {
  if (endpoint === undefined) return () => Promise.resolve();
  const [sdk, { OTLPTraceExporter }, { setGlobalErrorHandler }, resources, contexts] = await Promise.all([
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/core'),
    import('@opentelemetry/resources'),
    import('@opentelemetry/context-async-hooks'),
  ]);
  setGlobalErrorHandler(onTrouble);
  const { resourceFromAttributes, detectResources, envDetector } = resources;
  const named = resourceFromAttributes({ 'service.name': service, 'service.namespace': 'waystop' });
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` });
  const provider = new sdk.TracerProvider({
    sampler: samplerOf(sdk, sampling),
    resource: named.merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter })],
  });
  context.setGlobalContextManager(new contexts.AsyncLocalStorageContextManager().enable());
  makeSpansWith(provider.getTracer('waystop'));
  return () => withinTime(provider.shutdown());
}

async function withinTime(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeOut = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, flushWithinMs);
  });
  await Promise.race([work.catch(() => undefined), timeOut]);
  clearTimeout(timer);
}
