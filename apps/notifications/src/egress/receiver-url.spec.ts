import { describe, expect, it } from '@jest/globals';
import { parseAllowList } from './allowed-address.js';
import { RefusedUrl, checkReceiverUrl, type ResolveHost } from './receiver-url.js';

const addresses: Record<string, string[]> = {
  'hooks.example.com': ['93.184.216.34', '2606:2800:220:1::1'],
  'inside.example.com': ['10.1.2.3'],
  'mixed.example.com': ['93.184.216.34', '127.0.0.1'],
  [new URL('https://中文网址.example.com').hostname]: ['93.184.216.34'],
  localhost: ['127.0.0.1', '::1'],
};
const resolve: ResolveHost = (host) => {
  const found = addresses[host];
  return found === undefined ? Promise.reject(new Error('ENOTFOUND')) : Promise.resolve(found);
};
const refusalOf = async (url: string, allowed = '') =>
  checkReceiverUrl(url, parseAllowList(allowed), resolve).then(
    () => 'taken',
    (error: unknown) => (error instanceof RefusedUrl ? error.message : String(error)),
  );

describe('a URL of a receiver', () => {
  it.each([
    'https://hooks.example.com/waystop?key=1',
    'https://hooks.example.com:8443/',
    'https://hooks.example.com:443/',
    'https://93.184.216.34/x',
    'https://[2606:2800:220:1::1]/x',
    'https://中文网址.example.com/x',
  ])('%s is taken', async (url) => {
    expect(await refusalOf(url)).toBe('taken');
  });

  it.each([
    // Loopback in its spellings.
    'https://127.0.0.1/',
    'https://127.1/',
    'https://0x7f000001/',
    'https://0x7f.1/',
    'https://2130706433/',
    'https://017700000001/',
    'https://①②⑦.0.0.1/',
    'https://0.0.0.0/',
    'https://0/',
    'https://[::1]/',
    'https://[::]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://[0:0:0:0:0:ffff:127.0.0.1]/',
    'https://localhost/',
    'https://LOCALHOST/',
    // Private, link-local, carrier-grade NAT, cloud metadata.
    'https://10.0.0.1/',
    'https://172.16.0.1/',
    'https://172.31.255.255/',
    'https://192.168.1.1/',
    'https://169.254.169.254/latest/meta-data/',
    'https://100.100.100.200/',
    'https://100.64.0.1/',
    'https://[fe80::1]/',
    'https://[fc00::1]/',
    'https://[fd12:3456::1]/',
    'https://[fec0::1]/',
    'https://[::ffff:10.0.0.1]/',
    // Tunnels and translations that end at a private address.
    'https://[64:ff9b::a00:1]/',
    'https://[2002:a00:1::1]/',
    'https://[2001:0:a00:1::1]/',
    // Broadcast, multicast, documentation, reserved.
    'https://255.255.255.255/',
    'https://224.0.0.1/',
    'https://[ff02::1]/',
    'https://192.0.2.1/',
    'https://240.0.0.1/',
    'https://[2001:db8::1]/',
    // Names.
    'https://inside.example.com/',
    'https://mixed.example.com/',
    'https://unknown.example.com/',
  ])('%s is refused for where it leads', async (url) => {
    expect(await refusalOf(url)).toMatch(/public address|can be resolved/);
  });

  it.each([
    ['http://hooks.example.com/', 'https://'],
    ['ftp://hooks.example.com/', 'https://'],
    ['https://hooks.example.com:22/', 'port 443 or 8443'],
    ['https://user@hooks.example.com/', 'user or password'],
    ['https://user:secret@hooks.example.com/', 'user or password'],
    ['https://hooks.example.com/#part', 'fragment'],
    ['https://hooks.example.com/#', 'fragment'],
    ['https://hooks.example.com\\@10.0.0.1/', 'backslashes'],
    ['https://hooks.example.com/a b', 'spaces'],
    ['https://hooks.example.com/\n', 'spaces'],
    ['hooks.example.com', 'must be a URL'],
    ['https://', 'must be a URL'],
  ])('%j is refused for how it is written', async (url, why) => {
    expect(await refusalOf(url)).toContain(why);
  });

  it('may lead into the operator’s networks, over http and any port', async () => {
    expect(await refusalOf('http://127.0.0.1:9000/x', '127.0.0.0/8')).toBe('taken');
    expect(await refusalOf('http://inside.example.com:9000/x', '10.0.0.0/8')).toBe('taken');
    expect(await refusalOf('https://mixed.example.com/x', '127.0.0.0/8')).toBe('taken');
    expect(await refusalOf('http://mixed.example.com/x', '127.0.0.0/8')).toContain('https://');
    expect(await refusalOf('http://192.168.0.1/x', '10.0.0.0/8')).toContain('public address');
  });

  it('is connected to at the addresses that were checked', async () => {
    const checked = await checkReceiverUrl('https://hooks.example.com/x', [], resolve);
    expect(checked.addresses).toEqual(['93.184.216.34', '2606:2800:220:1::1']);
  });
});
