import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer, ApiClient } from '../../../support/client.js';
import { sharedSystem, type SharedSystem } from '../../../support/shared-system.js';
import { rows, type Row, type Target } from './rows.js';
import { World, callers, type CallerName } from './scenario.js';

interface Written {
  method: string;
  path: string;
  roles: string[];
  success: number;
}

let system: SharedSystem;
let world: World;
let people: World;
let written: Map<string, Written>;

beforeAll(async () => {
  system = await sharedSystem();
  written = operationsOf(await (await fetch(`${system.url}/openapi.json`)).json());
  world = await World.build(system.url, system.adminKey);
  people = await world.signedIn(system.mailPageUrl);
}, 300_000);

/** The operations as the served document describes them: what it does not name is not tested, and has no route. */
function operationsOf(document: unknown): Map<string, Written> {
  const { paths } = document as { paths: Record<string, Record<string, Record<string, unknown>>> };
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => [path, method, operation] as const),
  );
  return new Map(
    all
      .filter(([path]) => path.startsWith('/v1/'))
      .map(([path, method, operation]) => [
        String(operation['operationId']),
        {
          path,
          method: method.toUpperCase(),
          roles: operation['x-roles'] as string[],
          success: Number(Object.keys(operation['responses'] as object).find((one) => one.startsWith('2'))),
        },
      ]),
  );
}

const words = (list = ''): string[] => list.split(' ').filter((word) => word !== '');
const roleOf = (caller: string): string => caller.replace('2', '');

/** A key that ended is refused everywhere; a browser that has signed out is one of the public, where that changes nothing. */
function expectedOfPeople(row: Row, operation: Written, caller: CallerName): [number, string | undefined] {
  const isOpen = operation.roles.includes('public') && (operation.method === 'GET' || isWayIn(operation));
  const same = { ...row, ...row.forPeople };
  return caller === 'ended' && isOpen
    ? expected(same, operation, 'public')
    : expected(same, operation, caller);
}

const isWayIn = ({ path }: Written): boolean => /^\/v1\/sign-(in|out)/.test(path);

function expected(row: Row, { success }: Written, caller: CallerName): [number, string | undefined] {
  const own = row.refused?.[caller];
  if (own !== undefined) return own;
  if (caller === 'ended') return [401, 'auth.required'];
  if (words(row.allowed).includes(caller)) return [success, undefined];
  if (words(row.hidden).includes(caller)) return [404, 'resource.not_found'];
  return caller === 'public' ? [401, 'auth.required'] : [403, 'auth.forbidden'];
}

function ask({ method, path }: Written, target: Target, client: ApiClient): Promise<Answer> {
  const url = path.replace(/\{(\w+)\}/g, (_, name: string) => target.path?.[name] ?? '');
  return client.send(method, `${url}${target.query ?? ''}`, target.body, target.headers);
}

interface Asked {
  target: Target;
  answer: Answer;
}

/**
 * Those who are to be refused go first, and on the same target as the first who succeeds: so it is also shown that a
 * refusal left everything as it was. A success may use the target up.
 */
async function answersOf(
  row: Row,
  operation: Written,
  of: World,
  expectation: typeof expected,
): Promise<Map<CallerName, Asked>> {
  const answers = new Map<CallerName, Asked>();
  let target = await row.target(of);
  const inOrder = callers.toSorted(
    (one, other) => expectation(row, operation, other)[0] - expectation(row, operation, one)[0],
  );
  for (const caller of inOrder) {
    const answer = await ask(operation, targetOf(row, target, caller), of.callers[caller]);
    answers.set(caller, { answer, target });
    if (answer.status < 300 && operation.method !== 'GET') target = await row.target(of);
  }
  return answers;
}

function targetOf({ adminNames }: Row, target: Target, caller: CallerName): Target {
  if (caller !== 'admin' || adminNames === undefined) return target;
  return { ...target, body: { ...(target.body as object), ...adminNames(world) } };
}

/** Of a refusal; some resources have a member of that name. */
function problemOf({ status, body }: Answer): unknown {
  return status < 400 ? undefined : body?.code;
}

async function compare(row: Row, of: World, expectation: typeof expected): Promise<void> {
  const operation = written.get(row.operation);
  if (operation === undefined) throw new Error(`The document does not know ${row.operation}.`);
  const answers = await answersOf(row, operation, of, expectation);
  const seen = callers.map((caller) => {
    const answer = answers.get(caller)?.answer;
    return [caller, answer?.status, answer && problemOf(answer)];
  });
  expect(seen).toEqual(callers.map((caller) => [caller, ...expectation(row, operation, caller)]));
  if (row.shows === undefined) return;
  const shown = [...answers].filter(([, { answer, target }]) =>
    JSON.stringify(answer.body).includes(target.secret ?? 'nothing'),
  );
  expect(shown.map(([caller]) => caller).toSorted()).toEqual(words(row.shows).toSorted());
}

describe('who may do what', () => {
  it('is said for every operation of the document, and for no other', () => {
    expect(new Set(rows.map(({ operation }) => operation))).toEqual(new Set(written.keys()));
  });

  const named = rows.map(
    (row) => [`${row.operation}${row.of === undefined ? '' : ` (${row.of})`}`, row] as const,
  );

  it.each(named)('%s, with API keys', (_name, row) => compare(row, world, expected));

  it.each(named)('%s, by people who are signed in', (_name, row) => compare(row, people, expectedOfPeople));

  it.each(['company', 'organizer', 'staff', 'admin', 'public'])(
    'is what the document says, for the role %s',
    (role) => {
      for (const [id, { roles }] of written) {
        const row = rows.filter(({ operation }) => operation === id);
        const may = row.some(({ allowed, hidden, refused }) =>
          [...words(allowed), ...words(hidden), ...Object.keys(refused ?? {})].some(
            (one) => roleOf(one) === role,
          ),
        );
        expect([id, roles.includes(role)]).toEqual([id, may]);
      }
    },
  );
});
