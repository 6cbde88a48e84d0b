import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const client = fileURLToPath(new URL('./client', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));

const locale = /(?:^|\/)([a-z]{2}-[A-Z]{2})\.(?:m?js)$/;
const ours = new Set(['zh-CN', 'en-US']);
const withoutWords = '\0no-words';

/** React Aria brings its own words in 34 languages; the pages have two. */
function onlyOurLanguages() {
  return {
    name: 'only-our-languages',
    enforce: 'pre',
    resolveId(specifier, importer) {
      const [, found] = locale.exec(specifier) ?? [];
      const isTheirs = /\/node_modules\/(@?react-(aria|stately)[^/]*)\//.test(importer ?? '');
      return found !== undefined && isTheirs && !ours.has(found) ? withoutWords : null;
    },
    load: (id) => (id === withoutWords ? 'export default {};' : null),
  };
}

/** What runs in browsers: style and script of public pages, the application behind sign-in, the door and its workers. */
export default {
  root: client,
  base: '/',
  publicDir: join(client, 'static'),
  plugins: [onlyOurLanguages()],
  build: {
    outDir: join(root, 'dist', 'web'),
    emptyOutDir: true,
    manifest: 'manifest.json',
    // iOS 16.4, and the Chromium inside WeChat.
    target: ['chrome107', 'safari16.4', 'firefox115'],
    cssTarget: ['chrome107', 'safari16.4', 'firefox115'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      // React's packages mark what runs in browsers alone; here all of it does.
      onLog: (level, log, handle) => {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handle(level, log);
      },
      // As in rspack.config.js: what is not used of our libs is left out, tables of cities among it.
      treeshake: { moduleSideEffects: (id) => !/\/libs\/[^/]+\/src\//.test(id) },
      input: {
        enhance: join(client, 'public', 'enhance.ts'),
        style: join(client, 'public', 'style.css'),
        app: join(client, 'app', 'main.tsx'),
        door: join(client, 'door', 'main.tsx'),
        doorDecoder: join(client, 'door', 'scanner', 'decode.worker.ts'),
        doorWorker: join(client, 'door', 'service-worker.ts'),
      },
    },
  },
};
