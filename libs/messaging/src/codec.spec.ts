import { describe, expect, it } from '@jest/globals';
import { headers } from '@nats-io/transport-node';
import { decode, encode, compress, decompress } from './codec.js';

describe('a payload', () => {
  it('travels as it is while it is small', async () => {
    const payload = encode({ title: 'small' });
    expect(await compress(payload)).toEqual({ payload, headers: undefined });
    expect(await decompress({ data: payload })).toBe(payload);
  });

  it('travels compressed when it is large, with the headers it had', async () => {
    const value = { texts: Array.from({ length: 20_000 }, (_, number) => `第 ${number} 场`) };
    const marks = headers();
    marks.set('Waystop-Problem', 'session.room_conflict');
    const packed = await compress(encode(value), marks);
    expect(packed.payload.length).toBeLessThan(encode(value).length / 2);
    expect(packed.headers?.get('Waystop-Problem')).toBe('session.room_conflict');
    expect(decode(await decompress({ data: packed.payload, headers: packed.headers }))).toEqual(value);
  });
});
