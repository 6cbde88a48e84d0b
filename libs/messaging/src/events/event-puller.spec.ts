import { describe, expect, it } from '@jest/globals';
import { readAckSubject } from './event-puller.js';

describe('what the broker says of a delivery', () => {
  const expected = { deliveries: 2, seq: 41, publishedAtMs: 1_795_793_979_684.158 };

  it.each([
    ['as brokers say it', '$JS.ACK.events.a-b.2.41.7.1795793979684158000.3'],
    ['with domain and account', '$JS.ACK._.acc.events.a-b.2.41.7.1795793979684158000.3'],
    ['with a token more', '$JS.ACK.hub.acc.events.a-b.2.41.7.1795793979684158000.3.x9'],
  ])('is read %s', (_how, subject) => {
    expect(readAckSubject(subject)).toEqual(expected);
  });

  it.each(['', '_INBOX_stops.abc.1', '$JS.ACK.events'])('is no such subject: "%s"', (subject) => {
    expect(() => readAckSubject(subject)).toThrow('no subject to acknowledge');
  });
});
