import { describe, expect, it } from '@jest/globals';
import * as contracts from '#contracts';
import { contractsAmong, roles } from '#contracts';
import { pathParameters, type Operation } from './operation.js';
import { operations } from './operations.js';

/** Requests between services: nobody calls them over HTTP. */
const internal =
  /\.(ping|authenticate-keys|keys-ended-since|note-keys-used|get-(people|meeting-people|departed|signup-holders|company-states|company-contacts|delegations|delegate-contacts|stop-state|meeting-states|meeting-times|session-state|session-seats|rooms-in-use|release-changes|speakers)|list-speakers|list-audience|read-feeds|identify-badge|has-meeting-outcome|send-account-mail|ensure-token-user|add-rooms|export-(certificates|registrations|sessions|listings|meetings|calendar-feed|follow-ups|meeting-outcomes)|catch-up-on-\w+)\.v1$/;

const requests = contractsAmong(contracts).filter(({ kind }) => kind === 'request');
const fieldsOf = (operation: Operation) =>
  Object.keys((operation.signature.input as unknown as { shape: object }).shape);

describe('the table of operations', () => {
  it('has every contract that is not internal, exactly once', () => {
    const outside = requests.filter(({ subject }) => !internal.test(subject)).map(({ subject }) => subject);
    const merged = operations.flatMap(({ merges }) => merges?.({} as never) ?? []);
    const person = { role: 'public' as const, keyId: null, userId: 'u', signInId: 's' };
    const variants = operations.flatMap(({ variantFor }) => variantFor?.(person) ?? []);
    const passedOn = [...operations, ...variants].flatMap(({ contract }) => contract ?? []);
    const mounted = [...passedOn, ...merged].map(({ subject }) => subject);
    expect(mounted.toSorted()).toEqual([...new Set(outside)].toSorted());
  });

  it('names each operation and each route once', () => {
    const ids = operations.map(({ id }) => id);
    const routes = operations.map(({ method, path }) => `${method} ${path}`);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(routes).size).toBe(routes.length);
  });

  it.each(operations.map((operation) => [operation.id, operation] as const))(
    '%s is whole',
    (_id, operation) => {
      const { access, path, status, method, signature, summary } = operation;
      expect(access.length).toBeGreaterThan(0);
      expect(access.every((role) => roles.includes(role))).toBe(true);
      expect(path).toMatch(/^\/v1\/[\w/{}.-]+$/);
      expect(fieldsOf(operation)).toEqual(expect.arrayContaining(pathParameters(path)));
      expect(status === 204).toBe(signature.output.safeParse(null).success);
      expect(summary.length).toBeGreaterThan(5);
      if (operation.publicRead !== undefined)
        expect([method, access.includes('public')]).toEqual(['GET', true]);
      expect(fieldsOf(operation).includes('body') && method === 'GET').toBe(false);
    },
  );

  it('lets the public in only where the API says so', () => {
    const open = operations.filter(({ access }) => access.includes('public')).map(({ id }) => id);
    expect(open.toSorted()).toEqual([
      'askSignInCode',
      'createCompany',
      'exportScheduleJson',
      'exportScheduleXml',
      'exportStopResults',
      'exportTourStatistics',
      'getAvailability',
      'getCase',
      'getMeetingRules',
      'getMeetingsCalendar',
      'getMembershipBatch',
      'getPaper',
      'getSession',
      'getStop',
      'getStopCalendar',
      'getStopResults',
      'getTimetable',
      'getTimetableCalendar',
      'getTour',
      'getTourCalendar',
      'getTourStatistics',
      'getVocabulary',
      'listCases',
      'listEventTypes',
      'listMembershipBatches',
      'listPapers',
      'listSessionSeats',
      'listStops',
      'listTimetableReleases',
      'listTours',
      'showUnsubscribe',
      'signIn',
      'signOut',
      'unsubscribe',
      'verifyCode',
    ]);
  });
});
