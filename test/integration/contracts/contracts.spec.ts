import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import * as declared from '#contracts';
import { auditController, pingController } from '#service';
import { arbitraryOf } from '../../support/arbitrary.js';
import { loadService } from '../../../tools/dev/system/load-service.js';

const contracts = declared.contractsAmong(declared);
const requests = contracts.filter((contract) => contract.kind === 'request');
const events = contracts.filter((contract) => contract.kind === 'event');
const services = declared.databaseServiceNames;

describe('the contracts', () => {
  it('have unique subjects of the agreed form', () => {
    const subjects = contracts.map(({ subject }) => subject);
    expect(new Set(subjects).size).toBe(subjects.length);
    for (const { kind, subject } of contracts) {
      const form = kind === 'request' ? 'rpc' : 'evt';
      expect(subject).toMatch(new RegExp(`^${form}\\.(${services.join('|')})\\.[a-z]+(-[a-z]+)*\\.v\\d+$`));
    }
  });

  it.each(services)('are each answered once, by the service they name: %s', async (service) => {
    const answered = (await controllersOf(service)).flatMap((type) => subjectsOf(type));
    const expected = requests.filter((contract) => declared.serviceOf(contract) === service);
    expect(answered.filter((subject) => subject.startsWith('rpc.')).toSorted()).toEqual(
      expected.map(({ subject }) => subject).toSorted(),
    );
  });

  it.each(services)('have events that a service applies once at most: %s', async (service) => {
    const applied = (await controllersOf(service))
      .flatMap((type) => subjectsOf(type))
      .filter((subject) => subject.startsWith('evt.'));
    expect(new Set(applied).size).toBe(applied.length);
    for (const subject of applied) expect(events.map((event) => event.subject)).toContain(subject);
  });

  it.each(requests.map((contract) => [contract.subject, contract.input] as const))(
    'have inputs that mean the same after a journey as JSON: %s',
    (_subject, schema) => roundTrips(schema, 'input'),
  );

  it.each([
    ...requests.map((contract) => [contract.subject, contract.output] as const),
    ...events.map((contract) => [contract.subject, contract.data] as const),
  ])('have answers and states that survive a journey as JSON: %s', (_subject, schema) =>
    roundTrips(schema, 'output'),
  );

  it('put the version last, where the edge reads it', () => {
    // A release's `version` is its number, as the API names it, and no release is ever changed.
    for (const { output, subject } of requests.filter((contract) => contract !== declared.releaseTimetable)) {
      const { properties } = z.toJSONSchema(output, { unrepresentable: 'any' });
      const names = Object.keys(properties ?? {});
      if (names.includes('version')) expect([subject, names.at(-1)]).toEqual([subject, 'version']);
    }
  });
});

function roundTrips(schema: z.ZodType, io: 'input' | 'output'): void {
  const shape = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Record<string, unknown>;
  let valid = 0;
  const property = fc.property(arbitraryOf(shape), (value) => {
    const first = schema.safeParse(value);
    if (!first.success) return;
    valid += 1;
    const again = schema.parse(JSON.parse(JSON.stringify(first.data)));
    expect(JSON.parse(JSON.stringify(again))).toEqual(JSON.parse(JSON.stringify(first.data)));
  });
  // Of some schemas few values keep the rules between their members.
  for (let round = 0; round < 20 && valid <= 5; round += 1) fc.assert(property, { numRuns: 60 });
  // Without a fair share of valid values the comparison above would prove nothing.
  expect(valid).toBeGreaterThan(5);
}

type Controller = { prototype: object };

async function controllersOf(service: declared.DatabaseServiceName): Promise<Controller[]> {
  const module = await (await loadService(service)).module();
  return [...controllersIn(module), pingController(service), auditController(service)];
}

/** Of the module and of those it imports, each once. */
function controllersIn(module: object, seen = new Set<object>()): Controller[] {
  if (seen.has(module)) return [];
  seen.add(module);
  const own = (Reflect.getMetadata('controllers', module) ?? []) as Controller[];
  const imported = (Reflect.getMetadata('imports', module) ?? []) as object[];
  return [...own, ...imported.flatMap((one) => controllersIn(one, seen))];
}

function subjectsOf(controller: { prototype: object }): string[] {
  return Object.getOwnPropertyNames(controller.prototype).flatMap((name) => {
    const method = (controller.prototype as Record<string, unknown>)[name];
    if (typeof method !== 'function') return [];
    return (Reflect.getMetadata('microservices:pattern', method) as string[] | undefined) ?? [];
  });
}
