import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { featureCycles, type Import } from './feature-cycles.js';
import { importsOf, wallBroken } from './import-walls.js';
import { projectRoot } from './system/project-root.js';

describe('the walls between the parts', () => {
  it.each([
    ['apps/stops/src/main.ts', '../../accounts/src/keys.js'],
    ['libs/service/src/index.ts', '../../contracts/src/index.js'],
    ['libs/contracts/src/stops.ts', '@nestjs/common'],
    ['libs/contracts/src/stops.ts', '#messaging'],
    ['libs/reference-data/src/uscc.ts', 'zod'],
    ['apps/stops/src/stops/stop.controller.ts', 'typeorm'],
    ['apps/stops/src/data-source.ts', '@nats-io/transport-node'],
    ['apps/stops/src/stops/lifecycle.ts', '@nestjs/common'],
    ['apps/stops/src/stops/lifecycle.ts', './stop.repository.js'],
    ['apps/web/client/app/main.tsx', '#contracts'],
    ['apps/web/shared/time.ts', 'node:fs'],
    ['apps/web/src/serve.ts', '#messaging'],
  ])('%s may not import %s', (file, imported) => {
    expect(wallBroken(file, imported)).toEqual(expect.any(String));
  });

  it.each([
    ['libs/contracts/src/stops.ts', 'zod'],
    ['libs/contracts/src/stops.ts', './values/values.js'],
    ['libs/contracts/src/accounts.ts', '#reference-data'],
    ['apps/stops/src/stops/stop.repository.ts', 'typeorm'],
    ['apps/stops/src/migrations/1-make-stops.ts', 'typeorm'],
    ['libs/messaging/src/broker/broker.ts', '@nats-io/jetstream'],
    ['apps/stops/src/stops/lifecycle.ts', '#contracts'],
    ['apps/stops/src/stops/lifecycle.ts', '../rooms/rooms.js'],
    ['test/support/system.ts', '../../tools/dev/system/system.js'],
    ['apps/web/client/app/main.tsx', '#contracts/values/email-address'],
    ['apps/web/src/pages/tour.page.tsx', '#contracts'],
  ])('%s may import %s', (file, imported) => {
    expect(wallBroken(file, imported)).toBeNull();
  });

  it('are looked for in every kind of import', () => {
    const text = `import a from 'a';\nimport type { B,\n  C } from "b";\nexport * from './c.js';\nimport 'd';\nawait import('e');`;
    expect(importsOf(text)).toEqual(['a', 'b', './c.js', 'd', 'e']);
  });

  it('stand in the whole tree', () => {
    const broken = importsOfTree().flatMap(([file, imported]) => {
      const reason = wallBroken(file, imported);
      return reason === null ? [] : [`${file} imports ${imported}: ${reason}`];
    });
    expect(broken).toEqual([]);
  });

  it('leave no cycle between the feature folders of an app', () => {
    expect(featureCycles(importsOfTree())).toEqual([]);
  });
});

function importsOfTree(): Import[] {
  return sourceFiles().flatMap((file) =>
    importsOf(readFileSync(join(projectRoot, file), 'utf8')).map((imported): Import => [file, imported]),
  );
}

/** Specs may look where they like. */
function sourceFiles(): string[] {
  return ['apps', 'libs'].flatMap((folder) =>
    readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('spec.ts'))
      .map((file) => `${folder}/${file.replaceAll('\\', '/')}`),
  );
}
