import { afterEach, expect, it, jest } from '@jest/globals';
import type { ServiceDefinition } from './definition.js';
import { runMain } from './run-main.js';

const serve = jest.fn(() => Promise.resolve());
const plain = { name: 'gateway', settings: {}, serve } as const;
const withDatabase: ServiceDefinition = {
  name: 'stops',
  settings: {},
  database: {
    dataSource: () => {
      throw new Error('not needed here');
    },
    grants: {},
    replayables: [],
  },
  module: () => Promise.reject(new Error('not needed here')),
};

afterEach(() => {
  process.exitCode = undefined;
  jest.restoreAllMocks();
});

async function usageOf(definition: Parameters<typeof runMain>[0], args: string[]): Promise<string> {
  let printed = '';
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  await runMain(definition, args);
  return printed;
}

it.each([[[]], [['serve']]])('serves by default: %j', async (args) => {
  serve.mockClear();
  await runMain(plain, args);
  expect(serve).toHaveBeenCalledTimes(1);
  expect(process.exitCode).toBeUndefined();
});

it.each([
  ['unknown', 'serve | migrate | doctor | replay | dead-letters'],
  ['constructor', 'serve | migrate | doctor | replay | dead-letters'],
])('lists the commands instead of running %s', async (name, commands) => {
  expect(await usageOf(withDatabase, [name])).toBe(`Usage: main.js ${commands}\n`);
  expect(process.exitCode).toBe(64);
});

it('has nothing to migrate without a database', async () => {
  expect(await usageOf(plain, ['migrate'])).toBe('Usage: main.js serve | doctor\n');
  expect(process.exitCode).toBe(64);
});
