import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { existsSync, readFileSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { constants, brotliCompress, gzip } from 'node:zlib';
import { Injectable } from '@nestjs/common';

const [brotli, gzipped] = [promisify(brotliCompress), promisify(gzip)];
const brotliQuality = 9;

/** One file of the client's build. */
export interface Asset {
  readonly type: string;
  readonly plain: Buffer;
  readonly gzip: Buffer | null;
  readonly brotli: Buffer | null;
  readonly etag: string;
  /** Its name contains the hash of its content, so it never changes. */
  readonly isHashed: boolean;
}

/** What an entry of the client needs to be loaded. */
export interface EntryFiles {
  readonly script: string | null;
  readonly styles: readonly string[];
  /** Scripts that the entry imports; asked for at once instead of one after the other. */
  readonly preloads: readonly string[];
}

interface ManifestChunk {
  readonly file: string;
  readonly css?: readonly string[];
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
}
type Manifest = Readonly<Record<string, ManifestChunk>>;

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
};
const packed = new Set(['.js', '.css', '.svg', '.webmanifest']);

/** The files that the client's build made, in memory once they were asked for. */
@Injectable()
export class Assets {
  private readonly folder = clientFolder();
  private readonly manifest = this.readManifest();
  private readonly loaded = new Map<string, Promise<Asset | null>>();

  /** @param source as the build's configuration names it, below apps/web/client */
  entry(source: string): EntryFiles {
    const chunk = this.manifest[source];
    if (chunk === undefined) return { script: null, styles: [], preloads: [] };
    const chunks = this.withImports(source, new Set());
    // What is imported comes first: the order of layers and rules follows that of the files.
    const styles = new Set(chunks.toReversed().flatMap((one) => one.css ?? []));
    const isStyle = chunk.file.endsWith('.css');
    return {
      script: isStyle ? null : `/${chunk.file}`,
      styles: [...(isStyle ? [chunk.file] : []), ...styles].map((file) => `/${file}`),
      preloads: chunks.filter((one) => one !== chunk).map(({ file }) => `/${file}`),
    };
  }

  /** Every file that an entry may ever load, words of each language among them. */
  files(source: string): string[] {
    const chunks = this.withImports(source, new Set(), (chunk) => chunk.dynamicImports ?? []);
    return [...new Set(chunks.flatMap(({ file, css }) => [file, ...(css ?? [])]))].map((file) => `/${file}`);
  }

  /** @param path of the request; only what the build made is found */
  find(path: string): Promise<Asset | null> {
    let asset = this.loaded.get(path);
    if (asset === undefined) {
      if (!this.isFile(path)) return Promise.resolve(null);
      asset = this.load(path);
      this.loaded.set(path, asset);
    }
    return asset;
  }

  private isFile(path: string): boolean {
    const known = Object.hasOwn(types, extname(path)) && normalize(path) === path;
    return known && existsSync(join(this.folder, path));
  }

  private async load(path: string): Promise<Asset | null> {
    const plain = await readFile(join(this.folder, path)).catch(() => null);
    if (plain === null) return null;
    const isPacked = packed.has(extname(path));
    return {
      type: types[extname(path)] ?? 'application/octet-stream',
      plain,
      gzip: isPacked ? await gzipped(plain, { level: 9 }) : null,
      brotli: isPacked
        ? await brotli(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: brotliQuality } })
        : null,
      etag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`,
      isHashed: path.startsWith('/assets/'),
    };
  }

  private withImports(
    source: string,
    seen: Set<string>,
    more: (chunk: ManifestChunk) => readonly string[] = () => [],
  ): ManifestChunk[] {
    const chunk = this.manifest[source];
    if (chunk === undefined || seen.has(source)) return [];
    seen.add(source);
    const next = [...(chunk.imports ?? []), ...more(chunk)];
    return [chunk, ...next.flatMap((one) => this.withImports(one, seen, more))];
  }

  /** A process from source, as in tests, may run without the client's build: its pages then have no style. */
  private readManifest(): Manifest {
    const file = join(this.folder, 'manifest.json');
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Manifest) : {};
  }
}

/** dist/web, seen from dist/apps/web/main.js and from the source alike. */
function clientFolder(): string {
  const here = fileURLToPath(import.meta.url);
  const root = here.includes('/dist/')
    ? here.slice(0, here.lastIndexOf('/dist/'))
    : here.split('/apps/web/')[0];
  return join(root ?? '.', 'dist', 'web');
}
