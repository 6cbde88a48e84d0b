import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { assetFile } from '#threads';

let font: Buffer | undefined;

/**
 * Noto Sans SC Regular: every Chinese character of GB 18030's two-byte and four-byte parts in the basic plane, and Latin.
 * Each document embeds only the characters that it uses.
 */
export function chineseFont(): Buffer {
  font ??= brotliDecompressSync(readFileSync(assetFile('apps/outcomes/fonts/NotoSansSC-Regular.ttf.br')));
  return font;
}
