import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { beginSpan, beginTrace, currentTraceparent, tracingIsOn } from './span.js';
import { carryTrace, enterTrace, traced } from './traced.js';
import { tracedBatch } from './traced-batch.js';
import { readTraceparent, traceIdsOf, writeTraceparent } from './traceparent.js';

describe('without a collector', () => {
  it('what is wrapped is the very function that was given', () => {
    const work = () => Promise.resolve(1);
    expect(traced(() => ({ name: 'work' }), work)).toBe(work);
    expect(tracedBatch(() => ({ name: 'work', parents: [] }), work)).toBe(work);
  });

  it('calls go on as the very object they were, with the trace of their caller', () => {
    const call = { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' };
    expect(carryTrace(call)).toBe(call);
    expect(enterTrace(call)).toBe(call);
    expect(call.traceparent).toBe('00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01');
  });

  it('no span is made', () => {
    expect(tracingIsOn()).toBe(false);
    expect(beginTrace({ name: 'request' })).toBeUndefined();
    const parent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    expect(beginSpan({ name: 'request', parent })).toBeUndefined();
    expect(currentTraceparent()).toBeUndefined();
  });
});

describe('a traceparent', () => {
  const hex = (length: number) =>
    fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });

  it('is read as it was written', () => {
    fc.assert(
      fc.property(hex(32), hex(16), fc.integer({ min: 0, max: 255 }), (traceId, spanId, traceFlags) => {
        fc.pre(!/^0+$/.test(traceId) && !/^0+$/.test(spanId));
        const read = readTraceparent(writeTraceparent({ traceId, spanId, traceFlags }));
        expect(read).toEqual({ traceId, spanId, traceFlags, isRemote: true });
        expect(traceIdsOf(writeTraceparent({ traceId, spanId, traceFlags }))).toEqual({ traceId, spanId });
      }),
    );
  });

  it.each([
    undefined,
    '',
    'x'.repeat(55),
    '00-00000000000000000000000000000000-b7ad6b7169203331-01',
    '00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01',
    '00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01',
    'ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331',
  ])('that names nothing is passed over: %s', (text) => {
    expect(readTraceparent(text)).toBeUndefined();
    expect(traceIdsOf(text)).toEqual({});
  });
});
