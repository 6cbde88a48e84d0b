import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { serviceNames } from '#contracts';
import { projectRoot } from '../dev/system/project-root.js';
import { commands, programOf, usage } from './commands.js';

const source = (file: string) =>
  `${projectRoot}/${file.replace(/^(apps\/\w+)\//, '$1/src/').replace(/\.js$/, '.ts')}`;
const build = readFileSync(`${projectRoot}/rspack.config.js`, 'utf8');

describe('the commands of the image', () => {
  it('run a service in its own file', () => {
    expect(programOf(['stops', '--x'])).toEqual({ file: 'apps/stops/main.js', args: ['serve', '--x'] });
  });

  it('migrate the service that is named', () => {
    expect(programOf(['migrate', 'stops'])).toEqual({ file: 'apps/stops/main.js', args: ['migrate'] });
  });

  it('run every service', () => {
    for (const name of serviceNames) expect(commands).toHaveProperty(name);
  });

  it.each([
    [[]],
    [['help']],
    [['migrate']],
    [['migrate', 'gateway']],
    [['migrate', '../stops']],
    [['constructor']],
  ])('are none for %j', (words) => expect(programOf(words)).toBeUndefined());

  it.each(Object.keys(commands).flatMap((name) => [[[name]], [[name, 'stops']]]))(
    'name programs that are built: %j',
    (words) => {
      const program = programOf(words);
      if (program === undefined) return;
      expect(existsSync(source(program.file))).toBe(true);
      const name = /^tools\/container\/(.+)\.js$/.exec(program.file)?.[1];
      if (name !== undefined) expect(build).toContain(`  '${name}',\n`);
    },
  );

  it('are all described', () => {
    for (const name of Object.keys(commands)) expect(usage()).toContain(`  ${name}`);
  });
});
