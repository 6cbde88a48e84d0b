import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { constants, createGunzip, createGzip } from 'node:zlib';
import type { ClientBase } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import type { TableShape } from './catalogue.js';

/** How rows are spelt, so that every server reads what another one wrote. */
export const spelling = `
  SET LOCAL client_encoding = 'UTF8'; SET LOCAL datestyle = 'ISO'; SET LOCAL intervalstyle = 'postgres';
  SET LOCAL timezone = 'UTC'; SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'`;

/** Quick rather than small: a backup is made beside a running system, and rows are text, which shrinks well anyhow. */
const compression = { level: constants.Z_BEST_SPEED };

/** Writes a table's rows to a new file that only its owner reads, on disk when this resolves. */
export async function copyOut(
  client: ClientBase,
  table: TableShape,
  path: string,
): Promise<{ rows: number; bytes: number; sha256: string }> {
  const rows = client.query(copyTo(`COPY ${target(client, table)} TO STDOUT`));
  const hash = createHash('sha256');
  let bytes = 0;
  const counted = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
  };
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true });
  await pipeline(rows, createGzip(compression), counted, file);
  return { rows: rows.rowCount, bytes, sha256: hash.digest('hex') };
}

/** @returns how many rows were read from the file into the table */
export async function copyIn(client: ClientBase, table: TableShape, path: string): Promise<number> {
  const rows = client.query(copyFrom(`COPY ${target(client, table)} FROM STDIN`));
  await pipeline(createReadStream(path), createGunzip(), rows);
  return rows.rowCount;
}

/** The checksum of a file as it lies there. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

function target(client: ClientBase, { name, columns }: TableShape): string {
  const list = columns.map((column) => client.escapeIdentifier(column)).join(', ');
  return `public.${client.escapeIdentifier(name)} (${list})`;
}
