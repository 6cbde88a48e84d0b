import { join, normalize } from 'node:path/posix';

/** One rule of who may import what. A file that breaks it is named together with the reason. */
interface Wall {
  readonly reason: string;
  readonly breaks: (file: string, imported: string) => boolean;
}

const INNER_PACKAGES =
  /^(@nestjs\/|@nats-io\/|typeorm$|pg$|fastify|node:(fs|net|http|child_process)|#(messaging|persistence|service|tracing)$)/;
const DATABASE_FILE = /(\.repository\.ts|\.entity\.ts|\/migrations\/[^/]+\.ts|^libs\/persistence\/.*)$/;

const WALLS: readonly Wall[] = [
  {
    reason: 'contracts imports only zod, #reference-data and its own files, so that it runs in a browser too',
    breaks: (file, imported) =>
      libraryOf(file) === 'contracts' && !isOwn(file, imported) && !/^(zod|#reference-data)$/.test(imported),
  },
  {
    reason: 'reference-data holds tables and what is read from them: it imports nothing',
    breaks: (file, imported) => libraryOf(file) === 'reference-data' && !isOwn(file, imported),
  },
  {
    reason: 'only *.repository.ts, *.entity.ts, migrations and libs/persistence import typeorm',
    breaks: (file, imported) => /^typeorm(\/|$)/.test(imported) && !DATABASE_FILE.test(file),
  },
  {
    reason: 'only libs/messaging imports @nats-io',
    breaks: (file, imported) => imported.startsWith('@nats-io/') && libraryOf(file) !== 'messaging',
  },
  {
    reason: 'only libs/tracing imports @opentelemetry',
    breaks: (file, imported) => imported.startsWith('@opentelemetry/') && libraryOf(file) !== 'tracing',
  },
  {
    reason: 'apps never import apps, and libs never import apps; libs are imported by their #name',
    breaks: (file, imported) => imported.startsWith('.') && !staysInside(file, imported),
  },
  {
    reason:
      'what runs in browsers imports contracts and reference data file by file, and nothing of a server',
    breaks: (file, imported) =>
      /^apps\/web\/(client|shared)\//.test(file) &&
      (INNER_PACKAGES.test(imported) ||
        imported.startsWith('node:') ||
        (imported.startsWith('#') && !/^#(contracts|reference-data)\//.test(imported))),
  },
  {
    reason: 'the web process asks the API as anybody could: it has neither a broker nor a database',
    breaks: (file, imported) =>
      file.startsWith('apps/web/') && /^(#(messaging|persistence)$|pg$|typeorm$|@nats-io\/)/.test(imported),
  },
  {
    reason: 'a rule is pure: it imports contracts and other rules, no framework, no input or output',
    breaks: (file, imported) => isRule(file) && (INNER_PACKAGES.test(imported) || hasRole(imported)),
  },
];

/** The reason why this import may not stand in this file, or null. Files are named from the top, with slashes. */
export function wallBroken(file: string, imported: string): string | null {
  return WALLS.find((wall) => wall.breaks(file, imported))?.reason ?? null;
}

/** The modules that a TypeScript text imports, for types or values, statically or not. */
export function importsOf(text: string): string[] {
  const statement =
    /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm;
  return [...text.matchAll(statement)].map(([, from, bare, dynamic]) => from ?? bare ?? dynamic ?? '');
}

function libraryOf(file: string): string | undefined {
  return /^libs\/([^/]+)\//.exec(file)?.[1];
}

function isOwn(file: string, imported: string): boolean {
  return imported.startsWith('.') && staysInside(file, imported);
}

/** Inside means the same app or the same lib; tools and tests may look everywhere. */
function staysInside(file: string, imported: string): boolean {
  const home = /^(apps|libs)\/[^/]+\//.exec(file)?.[0];
  return home === undefined || normalize(join(file, '..', imported)).startsWith(home);
}

/** A file in a feature's folder whose name tells no role: `seats.ts`, not `seats.repository.ts`. */
function isRule(file: string): boolean {
  return /^apps\/(accounts|stops|registrations|sessions|notifications|matching)\/src\/(?!migrations\/)[^/]+\/[^/.]+\.ts$/.test(
    file,
  );
}

function hasRole(imported: string): boolean {
  return /^\..*\/[^/.]+\.(controller|repository|entity|module|service|consumer|handler)\.js$/.test(imported);
}
