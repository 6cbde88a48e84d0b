import { existsSync, readFileSync } from 'node:fs';

const { jsc, ...swc } = JSON.parse(readFileSync(new URL('.swcrc', import.meta.url), 'utf8'));
/** As .swcrc says, and for `.tsx` that `<` begins an element. */
const jsx = {
  ...swc,
  swcrc: false,
  jsc: {
    ...jsc,
    parser: { ...jsc.parser, tsx: true },
    transform: { ...jsc.transform, react: { runtime: 'automatic' } },
  },
};

export default {
  testEnvironment: 'node',
  roots: ['apps', 'libs', 'tools', 'test'].filter((folder) => existsSync(new URL(folder, import.meta.url))),
  testMatch: ['**/*.spec.ts', '**/*.spec.tsx', '**/*.int-spec.ts', '**/*.e2e-spec.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data/'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: { '^.+\\.ts$': '@swc/jest', '^.+\\.tsx$': ['@swc/jest', jsx] },
  // `.js` stands first: packages mean their own `.js` files, and ours have no `.js` beside the `.ts`.
  moduleFileExtensions: ['js', 'mjs', 'cjs', 'ts', 'tsx', 'json', 'node'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  // Ends what hangs, and says nothing of speed: with three workers on two cores a start can take a minute.
  testTimeout: 300_000,
  // A worker keeps the modules of every file that it ran; after some of them it mostly collects garbage.
  workerIdleMemoryLimit: '600MB',
};
