import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import * as contracts from '#contracts';
import { projectRoot } from '../../dev/system/project-root.js';
import { incompatibilities, type Described } from './compatibility.js';
import { describeContracts } from './describe.js';

const amongServices = new Set<string>(
  Object.values(contracts.services).flatMap(({ calls }) => calls.map(({ subject }) => subject)),
);

it('messages of the version before and of this one are understood by both, so both can run side by side', () => {
  const kept = readFileSync(join(projectRoot, 'libs', 'contracts', 'described.json'), 'utf8');
  const before = JSON.parse(kept) as Record<string, Described>;
  expect(Object.keys(before).length).toBeGreaterThan(50);
  // What nobody runs yet may change freely: `npm run contracts` writes the description anew. After a release of it,
  // a message that has to change in another way than this allows becomes a new one, `.v2` beside `.v1`.
  expect(incompatibilities(before, describeContracts(contracts), amongServices)).toEqual([]);
});

describe('a change of a message', () => {
  const item = z.object({ id: z.string(), state: z.enum(['a', 'b']), size: z.int().min(1).max(10) });
  const strictItem = z.strictObject({ name: z.string().max(200), note: z.string().optional() });

  const request = (input: z.ZodType, output: z.ZodType = item) =>
    describeContracts({ one: { kind: 'request', subject: 'rpc.s.do-it.v1', input, output } });
  const event = (data: z.ZodType) =>
    describeContracts({ one: { kind: 'event', subject: 'evt.s.done.v1', data } });
  const breaks = (
    before: ReturnType<typeof request>,
    now: ReturnType<typeof request>,
    among = new Set<string>(),
  ) => incompatibilities(before, now, among);

  it.each<[string, z.ZodType, RegExp | null]>([
    ['nothing', strictItem, null],
    ['a new optional member', strictItem.extend({ more: z.string().optional() }), null],
    ['a longer limit', strictItem.extend({ name: z.string().max(500) }), null],
    [
      'a new member that is asked for',
      strictItem.extend({ more: z.string() }),
      /request.more may be missing/,
    ],
    ['a member that is gone', strictItem.omit({ note: true }), /request.note is not known/],
    ['a shorter limit', strictItem.extend({ name: z.string().max(100) }), /maxLength 200 is beyond 100/],
    ['another type', strictItem.extend({ name: z.number() }), /request.name: string is not number/],
    ['a pattern', strictItem.extend({ name: z.string().max(200).regex(/^a/) }), /another pattern/],
    ['a list in place of one', strictItem.extend({ note: z.array(z.string()) }), /note/],
  ])('of a request, %s', (_what, input, problem) => {
    const found = breaks(request(strictItem), request(input)).join('\n');
    if (problem === null) expect(found).toBe('');
    else expect(found).toMatch(problem);
  });

  it.each<[string, z.ZodType, RegExp | null]>([
    ['a new member', item.extend({ more: z.string() }), null],
    ['a tighter limit', item.extend({ size: z.int().min(2).max(9) }), null],
    ['a member that is gone', item.omit({ size: true }), /answer.size may be missing/],
    [
      'a member that may be null now',
      item.extend({ id: z.string().nullable() }),
      /answer.id: null is not string/,
    ],
    ['a new value of a closed list', item.extend({ state: z.enum(['a', 'b', 'c']) }), /"c" is not one of/],
  ])('of an answer, %s', (_what, output, problem) => {
    const found = breaks(request(strictItem), request(strictItem, output)).join('\n');
    if (problem === null) expect(found).toBe('');
    else expect(found).toMatch(problem);
  });

  it.each<[string, z.ZodType, RegExp | null]>([
    ['a new optional member', item.extend({ more: z.string().optional() }), null],
    ['a new member that is asked for', item.extend({ more: z.string() }), /more may be missing/],
    ['a new value of a closed list', item.extend({ state: z.enum(['a', 'b', 'c']) }), /"c" is not one of/],
    ['a value less', item.extend({ state: z.enum(['a']) }), /"b" is not one of/],
  ])('of an event, or of an answer among services, %s', (_what, data, problem) => {
    const subjects = new Set(['rpc.s.do-it.v1']);
    for (const found of [
      breaks(event(item), event(data)),
      breaks(request(strictItem), request(strictItem, data), subjects),
    ]) {
      if (problem === null) expect(found).toEqual([]);
      else expect(found.join('\n')).toMatch(problem);
    }
  });

  it('that takes a message away is one', () => {
    expect(breaks(event(item), {})).toEqual(['evt.s.done.v1 is gone: the version before still uses it']);
  });
});
