import { join, normalize } from 'node:path/posix';

/** One import: the file that it stands in, seen from the top, and what it names. */
export type Import = readonly [file: string, imported: string];

/**
 * The feature folders of apps that import each other, directly or by a way round, each cycle once, such as
 * `apps/stops/src: stops → tours → stops`. Arrows between folders run one way, so that each can be read without the others.
 */
export function featureCycles(imports: readonly Import[]): string[] {
  const arrows = arrowsOf(imports);
  return [...arrows.keys()].flatMap((folder) => {
    const way = wayBack(folder, arrows);
    // Of the folders of a cycle the first one by name tells it.
    return way === null || way.some((other) => other < folder) ? [] : [described(folder, way)];
  });
}

type Arrows = ReadonlyMap<string, ReadonlySet<string>>;

function arrowsOf(imports: readonly Import[]): Arrows {
  const arrows = new Map<string, Set<string>>();
  for (const [file, imported] of imports) {
    const from = featureOf(file);
    const to = imported.startsWith('.') ? featureOf(normalize(join(file, '..', imported))) : undefined;
    if (from === undefined || to === undefined || from === to) continue;
    arrows.set(from, (arrows.get(from) ?? new Set()).add(to));
  }
  return arrows;
}

function featureOf(file: string): string | undefined {
  return /^apps\/[^/]+\/src\/[^/]+(?=\/)/.exec(file)?.[0];
}

/** The shortest way from a folder back to it, without its two ends; null where there is none. */
function wayBack(start: string, arrows: Arrows): string[] | null {
  const seen = new Set<string>();
  let ways: string[][] = [[]];
  while (ways.length > 0) {
    const longer: string[][] = [];
    for (const way of ways) {
      for (const next of arrows.get(way.at(-1) ?? start) ?? []) {
        if (next === start) return way;
        if (seen.has(next)) continue;
        seen.add(next);
        longer.push([...way, next]);
      }
    }
    ways = longer;
  }
  return null;
}

function described(start: string, way: readonly string[]): string {
  const names = [start, ...way, start].map((folder) => folder.slice(folder.lastIndexOf('/') + 1));
  return `${start.slice(0, start.lastIndexOf('/'))}: ${names.join(' → ')}`;
}
