import { describe, expect, it } from '@jest/globals';
import { isNewEnough } from './nats-install.js';
import { configuration } from './nats.js';

describe('nats-server', () => {
  it.each([
    ['nats-server: v2.9.10', true],
    ['nats-server: v2.9.9', false],
    ['nats-server: v2.8.100', false],
    ['nats-server: v2.12.14', true],
    ['nats-server: v3.0.0-beta.1', true],
    ['something else', false],
  ])('%s is new enough: %s', (line, enough) => {
    expect(isNewEnough(line)).toBe(enough);
  });

  it('listens on this machine only, and takes a path with any characters', () => {
    const text = configuration({ port: 4222, pidFile: '/a "b"/pid', store: '/a "b"/nats', seeds: null });
    expect(text).toContain('listen: "127.0.0.1:4222"');
    expect(text).toContain('store_dir: "/a \\"b\\"/nats"');
  });
});
