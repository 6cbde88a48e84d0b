import { existsSync, readdirSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { join, relative } from 'node:path';
import { rspack } from '@rspack/core';

/** Programs of the image besides the services; `entry` runs the others by their names. */
const containerPrograms = [
  'entry',
  'backup',
  'broker-users',
  'databases',
  'delete-stream',
  'health',
  'make-secrets',
  'restore',
];

/**
 * How the CLI of Nest builds: `nest build` all programs in one compilation, so that the packages they share are bundled
 * once, as dist/vendor.js; `nest build stops` one of them. docs/adr/0014 has the reasons and the figures.
 */
export default ({ entry: named }) => ({
  name: 'waystop',
  target: 'node24',
  mode: 'none',
  devtool: false,
  entry: existsSync(named) ? entryOf(named) : everyEntry(),
  output: {
    path: join(import.meta.dirname, 'dist'),
    filename: '[name].js',
    chunkFilename: 'chunks/[name].js',
    module: true,
    library: { type: 'module' },
    chunkFormat: 'module',
    chunkLoading: 'import',
  },
  resolve: { extensions: ['.ts', '.js'], extensionAlias: { '.js': ['.ts', '.js'] } },
  externals: [external],
  node: { __dirname: false, __filename: false },
  module: {
    parser: { javascript: { importMeta: false, url: false, exportsPresence: false } },
    rules: [typescript, { test: /libs\/[^/]+\/src\//, sideEffects: false }],
  },
  optimization: {
    nodeEnv: false,
    chunkIds: 'deterministic',
    sideEffects: true,
    usedExports: true,
    concatenateModules: true,
    splitChunks: {
      chunks: 'all',
      minSize: 0,
      cacheGroups: { default: false, defaultVendors: false, vendor, ormVendor, lazyVendor },
    },
    minimize: !process.argv.includes('--watch'),
    minimizer: [shorter],
  },
  plugins: [ownSourceMaps, withoutMissingPackages],
  ignoreWarnings: [({ module }) => module?.resource?.includes('node_modules') === true],
});

function everyEntry() {
  const services = readdirSync('apps').map((name) => `apps/${name}/src/main.ts`);
  const commands = containerPrograms.map((name) => `tools/container/${name}.ts`);
  return Object.assign({}, ...[...services, ...commands].map(entryOf));
}

/** apps/stops/src/main.ts becomes dist/apps/stops/main.js. */
function entryOf(file) {
  const path = relative(process.cwd(), file);
  return { [path.replace('/src/', '/').replace(/\.ts$/, '')]: `./${path}` };
}

/** As in .swcrc, by which tests and tools run. Types are checked by `npm run typecheck`. */
const typescript = {
  test: /\.ts$/,
  type: 'javascript/esm',
  loader: 'builtin:swc-loader',
  options: {
    jsc: {
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
      target: 'es2024',
      keepClassNames: true,
    },
    sourceMaps: true,
  },
};

/** Left outside: what Node has, what only files of a package are read from, and what pg merely tries. */
function external({ request, dependencyType }, callback) {
  const kind = dependencyType === 'commonjs' ? 'node-commonjs' : 'module';
  callback(null, isBuiltin(request) || request === 'pg-native' ? `${kind} ${request}` : undefined);
}

const packages = /[\\/]node_modules[\\/]/;
const vendor = { test: packages, chunks: 'initial', name: 'vendor', enforce: true };
const ormVendor = {
  test: /[\\/]node_modules[\\/](typeorm|pg(-[^\\/]+)?|sql-highlight|@sqltools)[\\/]/,
  name: 'vendor-orm',
  priority: 1,
  enforce: true,
};
const lazyVendor = { test: packages, chunks: 'async', name: false, filename: 'chunks/vendor-[name].js' };

/** Comments and white space make up half of the packages, and V8 keeps the text of a module as long as it lives. */
const shorter = new rspack.SwcJsMinimizerRspackPlugin({
  include: /vendor/,
  extractComments: false,
  minimizerOptions: { compress: false, mangle: false, format: { comments: false, ascii_only: true } },
});

/** Stacks lead to our TypeScript. Maps of packages would take as much memory as their code. */
const ownSourceMaps = new rspack.SourceMapDevToolPlugin({
  filename: '[file].map',
  exclude: /vendor/,
  noSources: true,
  columns: false,
  moduleFilenameTemplate: ({ absoluteResourcePath }) =>
    relative(join(import.meta.dirname, 'dist'), absoluteResourcePath),
});

/** Nest and TypeORM name many packages that they use only where somebody has installed them. */
const withoutMissingPackages = new rspack.IgnorePlugin({
  checkResource(request, folder) {
    if (!packages.test(folder) || /^[./#]/.test(request) || isBuiltin(request)) return false;
    try {
      createRequire(join(folder, 'index.js')).resolve(request);
      return false;
    } catch (error) {
      return error.code === 'MODULE_NOT_FOUND';
    }
  },
});
