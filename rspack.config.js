import { existsSync, globSync, readdirSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
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

const isWatching = process.argv.includes('--watch');

/**
 * How the CLI of Nest builds: `nest build` all programs in one compilation, so that the packages they share are bundled
 * once, as dist/vendor.js; `nest build stops` one of them, with packages of its own. docs/adr/0014 has the reasons and the
 * figures.
 */
export default ({ entry: named }) => {
  if (!existsSync(named)) return configuration(everyEntry(), '');
  const own = workers().filter((file) => file.startsWith(`${dirname(relative(process.cwd(), named))}/`));
  const entry = Object.assign(entryOf(named), ...own.map(workerEntryOf));
  return configuration(entry, `${dirname(pathOf(named))}/`);
};

/** @param folder where within dist/ the files stand that entries share */
const configuration = (entry, folder) => ({
  name: 'waystop',
  target: 'node24',
  mode: 'none',
  devtool: false,
  entry,
  output: {
    path: join(import.meta.dirname, 'dist'),
    filename: '[name].js',
    chunkFilename: `${folder}chunks/[name].js`,
    module: true,
    library: { type: 'module' },
    chunkFormat: 'module',
    chunkLoading: 'import',
  },
  resolve: { extensions: ['.ts', '.tsx', '.js'], extensionAlias: { '.js': ['.ts', '.tsx', '.js'] } },
  externals: [external],
  node: { __dirname: false, __filename: false },
  module: {
    parser: { javascript: { importMeta: false, url: false, exportsPresence: false } },
    rules: [typescript('ts'), typescript('tsx'), { test: /libs\/[^/]+\/src\//, sideEffects: false }],
  },
  optimization: {
    nodeEnv: false,
    chunkIds: 'deterministic',
    sideEffects: true,
    usedExports: true,
    concatenateModules: !isWatching,
    splitChunks: { chunks: 'all', minSize: 0, cacheGroups: packageChunks(folder) },
    minimize: !isWatching,
    minimizer: [shorter, plainer],
  },
  plugins: [ownSourceMaps, withoutMissingPackages, fonts],
  ignoreWarnings: [({ module }) => module?.resource?.includes('node_modules') === true],
});

function everyEntry() {
  const services = readdirSync('apps')
    .map((name) => `apps/${name}/src/main.ts`)
    .filter(existsSync);
  const commands = containerPrograms.map((name) => `tools/container/${name}.ts`);
  return Object.assign({}, ...[...services, ...commands].map(entryOf), ...workers().map(workerEntryOf));
}

/** Threads of services: each starts from a file of its own. */
function workers() {
  return globSync('apps/*/src/**/*.worker.ts');
}

/** apps/outcomes/src/documents/document.worker.ts becomes dist/apps/outcomes/document.worker.js, beside the service. */
function workerEntryOf(file) {
  const [folder, app] = file.split('/');
  return { [`${folder}/${app}/${basename(file, '.ts')}`]: `./${file}` };
}

/** apps/stops/src/main.ts becomes dist/apps/stops/main.js. */
function entryOf(file) {
  return { [pathOf(file)]: `./${relative(process.cwd(), file)}` };
}

function pathOf(file) {
  return relative(process.cwd(), file).replace('/src/', '/').replace(/\.ts$/, '');
}

/** As in .swcrc, by which tests and tools run. Types are checked by `npm run typecheck`. */
function typescript(extension) {
  return {
    test: new RegExp(`\\.${extension}$`),
    type: 'javascript/esm',
    loader: 'builtin:swc-loader',
    options: {
      jsc: {
        parser: { syntax: 'typescript', tsx: extension === 'tsx', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true, react: { runtime: 'automatic' } },
        target: 'es2024',
        keepClassNames: true,
      },
      sourceMaps: true,
    },
  };
}

/** Left outside: what Node has, what pg merely tries, and what looks for its WebAssembly beside its own file. */
function external({ request, dependencyType }, callback) {
  const kind = dependencyType === 'commonjs' ? 'node-commonjs' : 'module';
  const isLeft = isBuiltin(request) || request === 'pg-native' || request === 'highs';
  callback(null, isLeft ? `${kind} ${request}` : undefined);
}

const packages = /[\\/]node_modules[\\/]/;
const ormPackages = /[\\/]node_modules[\\/](typeorm|pg(-[^\\/]+)?|sql-highlight|@sqltools)[\\/]/;

const isWorker = ({ name }) => name?.endsWith('.worker') === true;

/**
 * Packages stand in files of their own, which are shortened; those of the ORM apart, for programs without a database, and
 * those of threads, since every process keeps the text of all that it loads: a megabyte of what writes PDFs, else.
 */
function packageChunks(folder) {
  return {
    default: false,
    defaultVendors: false,
    vendor: {
      test: packages,
      chunks: (chunk) => chunk.canBeInitial() && !isWorker(chunk),
      name: `${folder}vendor`,
      enforce: true,
    },
    workers: { test: packages, chunks: isWorker, name: `${folder}vendor-workers`, enforce: true },
    orm: { test: ormPackages, name: `${folder}vendor-orm`, priority: 1, enforce: true },
    lazy: { test: packages, chunks: 'async', name: false, filename: `${folder}chunks/vendor-[name].js` },
  };
}

/** Comments and white space make up half of the packages, and V8 keeps the text of a module as long as it lives. */
const shorter = new rspack.SwcJsMinimizerRspackPlugin({
  include: /vendor/,
  extractComments: false,
  minimizerOptions: { compress: false, mangle: false, format: { comments: false, ascii_only: true } },
});

/**
 * Our own code keeps its lines, to which stacks and their maps lead. One letter outside Latin-1, be it in a comment, makes V8
 * keep the whole file with two bytes for each character.
 */
const plainer = new rspack.SwcJsMinimizerRspackPlugin({
  exclude: /vendor/,
  extractComments: false,
  minimizerOptions: {
    minify: false,
    compress: false,
    mangle: false,
    format: { comments: false, ascii_only: true },
  },
});

/** Documents embed what they use of them. */
const fonts = new rspack.CopyRspackPlugin({
  patterns: [{ from: 'apps/*/fonts/*', noErrorOnMissing: true }],
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
