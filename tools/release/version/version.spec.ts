import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { projectRoot } from '../../dev/system/project-root.js';
import { notesOf, released } from './changelog.js';
import { nextVersion } from './next.js';
import { versionPlaces, versionsIn, withVersion } from './places.js';

const read = (file: string) => readFileSync(join(projectRoot, file), 'utf8');
const { version } = JSON.parse(read('package.json')) as { version: string };

describe('the places of the version', () => {
  it.each(versionPlaces)('$file names the version of package.json alone', (place) => {
    expect(new Set(versionsIn(read(place.file), place))).toEqual(new Set([version]));
  });

  it.each(versionPlaces)('$file can be changed to another version and back', (place) => {
    const text = read(place.file);
    const changed = withVersion(text, place, '98.7.6');
    expect(new Set(versionsIn(changed, place))).toEqual(new Set(['98.7.6']));
    expect(withVersion(changed, place, version)).toBe(text);
  });

  it('a file that names no version any more is reported', () => {
    const [place] = versionPlaces;
    expect(() => withVersion('{}', place ?? { file: '', pattern: /x/ }, '1.0.0')).toThrow(
      'package.json names no version',
    );
  });
});

describe('the next version', () => {
  it.each([
    ['patch', '1.2.4'],
    ['minor', '1.3.0'],
    ['major', '2.0.0'],
    ['1.10.0', '1.10.0'],
  ])('after 1.2.3, %s is %s', (wanted, next) => {
    expect(nextVersion('1.2.3', wanted)).toBe(next);
  });

  it.each([undefined, '', 'next', '1.2', '1.2.3', '1.2.2', '0.9.9'])(
    'after 1.2.3, %s is refused',
    (wanted) => {
      expect(() => nextVersion('1.2.3', wanted)).toThrow();
    },
  );
});

describe('the changelog', () => {
  const text =
    '# Changelog\n\n## [Unreleased]\n\n### Fixed\n\n- A seat.\n\n## [0.1.0] - 2026-01-01\n\nThe first.\n';

  it('gives what was unreleased to the new version', () => {
    const after = released(text, '0.2.0', '2026-02-03');
    expect(after).toContain('## [Unreleased]\n\n## [0.2.0] - 2026-02-03\n\n### Fixed\n\n- A seat.\n');
    expect(notesOf(after, '0.2.0')).toBe('### Fixed\n\n- A seat.');
    expect(notesOf(after, '0.1.0')).toBe('The first.');
  });

  it('refuses a release of nothing', () => {
    expect(() => released(released(text, '0.2.0', '2026-02-03'), '0.3.0', '2026-02-04')).toThrow(
      'says nothing',
    );
  });

  it('of this project has a section for the version of package.json', () => {
    expect(notesOf(read('CHANGELOG.md'), version)).not.toBe('');
  });
});
