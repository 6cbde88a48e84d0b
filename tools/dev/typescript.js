// Lets Node run the project's TypeScript as it stands: `node --import ./tools/dev/typescript.js file.ts`. Node itself
// takes types away, but knows no decorators and no `.js` for a `.ts`. Tools and tests run so; services are built.
import { registerHooks } from 'node:module';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';

const root = fileURLToPath(new URL('../..', import.meta.url));
const isOurs = (url) => url?.startsWith('file:') && /\.tsx?$/.test(url) && !url.includes('/node_modules/');

/** As .swcrc says, and for `.tsx` that `<` begins an element. */
const settings = JSON.parse(readFileSync(new URL('../../.swcrc', import.meta.url), 'utf8'));
const jsxSettings = {
  ...settings,
  swcrc: false,
  jsc: {
    ...settings.jsc,
    parser: { ...settings.jsc.parser, tsx: true },
    transform: { ...settings.jsc.transform, react: { runtime: 'automatic' } },
  },
};

registerHooks({
  resolve(specifier, context, next) {
    if (/^\.{1,2}\/.*\.js$/.test(specifier) && isOurs(context.parentURL)) {
      for (const extension of ['ts', 'tsx']) {
        const url = new URL(specifier.replace(/js$/, extension), context.parentURL);
        if (existsSync(url)) return { url: url.href, format: 'module', shortCircuit: true };
      }
    }
    return next(specifier, context);
  },
  load(url, context, next) {
    if (!isOurs(url)) return next(url, context);
    const filename = fileURLToPath(url);
    const { code } = transformSync(readFileSync(filename, 'utf8'), {
      ...(url.endsWith('x') ? jsxSettings : {}),
      filename,
      cwd: root,
    });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
process.setSourceMapsEnabled(true);
