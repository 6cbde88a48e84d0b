import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import optimizeLocales from '@react-aria/optimize-locales-plugin';

const client = fileURLToPath(new URL('./client', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));

/** What runs in browsers: the style and the small script of public pages, and the application behind sign-in. */
export default {
  root: client,
  base: '/',
  publicDir: join(client, 'static'),
  plugins: [
    // React Aria brings its own words in 34 languages; pages have two.
    { ...optimizeLocales.vite({ locales: ['zh-CN', 'en-US'] }), enforce: 'pre' },
  ],
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
      input: {
        enhance: join(client, 'public', 'enhance.ts'),
        style: join(client, 'public', 'style.css'),
        app: join(client, 'app', 'main.tsx'),
      },
    },
  },
};
