import { describe, expect, it } from '@jest/globals';
import { featureCycles, type Import } from './feature-cycles.js';

const at = (folder: string): string => `apps/stops/src/${folder}/${folder}.ts`;
const imports = (...arrows: string[]): Import[] =>
  arrows.map((arrow) => {
    const [from = '', to = ''] = arrow.split('>');
    return [at(from), `../${to}/${to}.js`];
  });

describe('feature folders', () => {
  it.each([
    ['one way', imports('tours>stops', 'rooms>stops', 'tours>rooms')],
    ['within one folder', [[at('stops'), './stop.js'] as const]],
    [
      'of another app',
      [...imports('tours>stops'), ['apps/sessions/src/stops/a.ts', '../tours/b.js'] as const],
    ],
    [
      'to files beside the folders',
      [[at('stops'), '../config.js'] as const, ['apps/stops/src/config.ts', './stops/stop.js'] as const],
    ],
    ['of packages', [[at('stops'), 'tours'] as const, [at('tours'), '#contracts'] as const]],
  ])('may import: %s', (_, lines) => {
    expect(featureCycles(lines)).toEqual([]);
  });

  it('may not import each other', () => {
    expect(featureCycles(imports('tours>stops', 'stops>tours'))).toEqual([
      'apps/stops/src: stops → tours → stops',
    ]);
  });

  it('may not import each other by a way round, which is named once', () => {
    const lines = imports('rooms>tours', 'stops>rooms', 'tours>stops', 'calendar>stops');
    expect(featureCycles(lines)).toEqual(['apps/stops/src: rooms → tours → stops → rooms']);
  });
});
