import { describe, expect, it } from '@jest/globals';
import * as sdk from '@opentelemetry/sdk-trace';
import { samplerOf, type SamplerName } from './sampler.js';

describe('the sampler', () => {
  it.each<[SamplerName | undefined, number | undefined, string]>([
    [undefined, undefined, 'ParentBased{root=AlwaysOnSampler'],
    ['always_on', undefined, 'AlwaysOnSampler'],
    ['always_off', undefined, 'AlwaysOffSampler'],
    ['traceidratio', 0.1, 'TraceIdRatioBased{0.1}'],
    ['traceidratio', undefined, 'TraceIdRatioBased{1}'],
    ['parentbased_always_on', undefined, 'ParentBased{root=AlwaysOnSampler'],
    ['parentbased_always_off', undefined, 'ParentBased{root=AlwaysOffSampler'],
    ['parentbased_traceidratio', 0.25, 'ParentBased{root=TraceIdRatioBased{0.25}'],
  ])('named %s with %s is %s', (sampler, ratio, described) => {
    expect(samplerOf(sdk, { sampler, ratio }).toString()).toContain(described);
  });
});
