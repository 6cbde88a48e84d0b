import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import pg from 'pg';
import { databaseServiceNames, serviceNames } from '#contracts';
import type { RunningSystem } from '../../support/system.js';

const databases = databaseServiceNames;
const processes = serviceNames;

/** In which tables some words stand, as `database.table`; every column of every row is looked at. */
export async function tablesWith(system: RunningSystem, words: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const database of databases) {
    const client = new pg.Client({ connectionString: system.databaseUrl(database) });
    await client.connect();
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'`,
    );
    for (const { name } of tables) {
      const { rows } = await client.query(
        `SELECT 1 FROM ${name} AS held, unnest($1::text[]) AS word WHERE strpos(held::text, word) > 0 LIMIT 1`,
        [words],
      );
      if (rows.length > 0) found.push(`${database}.${name}`);
    }
    await client.end();
  }
  return found.toSorted();
}

/** Which files below a folder of the system hold some words, byte by byte. */
export function filesWith(
  system: RunningSystem,
  folder: 'logs' | 'nats',
  words: readonly string[],
): string[] {
  const top = join(system.dataDir, folder);
  return readdirSync(top, { recursive: true })
    .map((name) => join(top, String(name)))
    .filter((path) => statSync(path).isFile())
    .filter((path) => {
      const bytes = readFileSync(path);
      return words.some((word) => bytes.includes(word));
    });
}

/** Which processes show some words in their metrics. */
export async function metricsWith(system: RunningSystem, words: readonly string[]): Promise<string[]> {
  const texts = await Promise.all(
    processes.map(async (name) => [name, await (await fetch(`${system.healthUrl(name)}/metrics`)).text()]),
  );
  return texts.flatMap(([name = '', text]) => (words.some((word) => text?.includes(word)) ? [name] : []));
}

/** The texts of a workbook: all its parts, unpacked (ZIP, APPNOTE 4.3: local headers name method and lengths). */
export function textsOfWorkbook(bytes: Buffer): string {
  const texts: string[] = [];
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = bytes.readUInt32LE(end + 16);
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count -= 1) {
    const [method, size] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)];
    const local = bytes.readUInt32LE(at + 42);
    const data = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(data, data + size);
    texts.push((method === 8 ? inflateRawSync(packed) : packed).toString('utf8'));
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return texts.join('\n');
}
