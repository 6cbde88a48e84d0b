import { describe, expect, it } from '@jest/globals';
import { decodeText, encodingOf } from './decode-text.js';

const xml = (encoding: string): string => `<?xml version='1.0' encoding='${encoding}'?><a>`;
const bytes = (...parts: (string | number[])[]): Buffer =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))),
  );

function read(body: Buffer, contentType?: string): string | null {
  return decodeText(body, encodingOf(body, contentType));
}

describe('the text of a file', () => {
  it.each<[string, Buffer, string | undefined, string]>([
    ['UTF-8', Buffer.from('€ 数据'), undefined, '€ 数据'],
    ['UTF-8 with its mark', Buffer.from('\uFEFF{}'), undefined, '{}'],
    [
      'windows-1252 by its declaration',
      bytes(xml('windows-1252'), [0x80, 0x92]),
      undefined,
      `${xml('windows-1252')}€’`,
    ],
    ['cp1252 by that name', bytes(xml('CP1252'), [0x80]), undefined, `${xml('CP1252')}€`],
    [
      'latin-1, which the web reads as windows-1252',
      bytes(xml('ISO-8859-1'), [0x92]),
      undefined,
      `${xml('ISO-8859-1')}’`,
    ],
    [
      'a media type that says more than the declaration',
      bytes(xml('utf-8'), [0xe4]),
      'text/xml; charset=iso-8859-1',
      `${xml('utf-8')}ä`,
    ],
    ['GB 18030', bytes(xml('gb18030'), [0xd6, 0xd0]), undefined, `${xml('gb18030')}中`],
    ['UTF-16 with its mark', Buffer.from('\uFEFF数据', 'utf16le'), undefined, '数据'],
    ['bytes that are no UTF-8', bytes('a', [0xe9], 'b'), undefined, 'a\uFFFDb'],
    [
      'bytes that windows-1252 has not',
      bytes(xml('windows-1252'), [0x81]),
      undefined,
      `${xml('windows-1252')}\uFFFD`,
    ],
  ])('reads %s', (_what, body, type, expected) => {
    expect(read(body, type)).toBe(expected);
  });

  it('is none in an encoding that nobody knows', () => {
    expect(read(bytes(xml('klingon')))).toBeNull();
  });
});
