import type { Sampler } from '@opentelemetry/sdk-trace';

type Sdk = typeof import('@opentelemetry/sdk-trace');

/** The samplers of OpenTelemetry's `OTEL_TRACES_SAMPLER`, which its SDK leaves to the programs that use it. */
export const samplerNames = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;
export type SamplerName = (typeof samplerNames)[number];

export interface Sampling {
  /** `parentbased_always_on` where none is named. */
  readonly sampler?: SamplerName | undefined;
  /** The share of traces that the ratio samplers keep, from 0 to 1; all of them where it is not given. */
  readonly ratio?: number | undefined;
}

/** The sampler that decides which traces are kept. */
export function samplerOf(sdk: Sdk, { sampler = 'parentbased_always_on', ratio }: Sampling = {}): Sampler {
  const own = ownSampler(sdk, sampler.replace('parentbased_', ''), ratio);
  return sampler.startsWith('parentbased_') ? new sdk.ParentBasedSampler({ root: own }) : own;
}

function ownSampler(sdk: Sdk, name: string, ratio = 1): Sampler {
  if (name === 'always_off') return new sdk.AlwaysOffSampler();
  return name === 'traceidratio' ? new sdk.TraceIdRatioBasedSampler(ratio) : new sdk.AlwaysOnSampler();
}
