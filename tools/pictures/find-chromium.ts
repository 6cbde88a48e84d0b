import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome'];

/** Chromium of this machine (Debian: `apt-get install chromium`), or what CHROMIUM names. */
export function findChromium(): string {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin', '/usr/local/bin'];
  const found =
    process.env['CHROMIUM'] ??
    folders.flatMap((folder) => names.map((name) => join(folder, name))).find((file) => existsSync(file));
  if (found === undefined) throw new Error('There is no chromium here: apt-get install chromium');
  return found;
}
