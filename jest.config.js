import { existsSync } from 'node:fs';

export default {
  testEnvironment: 'node',
  roots: ['apps', 'libs', 'tools', 'test'].filter((folder) => existsSync(new URL(folder, import.meta.url))),
  testMatch: ['**/*.spec.ts', '**/*.int-spec.ts', '**/*.e2e-spec.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': '@swc/jest' },
  // `.js` stands first: packages mean their own `.js` files, and ours have no `.js` beside the `.ts`.
  moduleFileExtensions: ['js', 'mjs', 'cjs', 'ts', 'json', 'node'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  testTimeout: 60_000,
  // A worker keeps the modules of every file that it ran; after some of them it mostly collects garbage.
  workerIdleMemoryLimit: '600MB',
};
