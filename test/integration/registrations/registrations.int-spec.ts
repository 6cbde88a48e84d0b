import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as newId } from 'uuid';
import {
  cancelRegistration,
  checkInDelegate,
  declineRegistration,
  exportRegistrations,
  getAvailability,
  getRegistration,
  listRegistrations,
  registerDelegation,
  registrationsCatchUpOnStop,
  reissueBadge,
  systemCaller,
  type Caller,
} from '../../../libs/contracts/src/index.js';
import { service as registrations } from '../../../apps/registrations/src/service.js';
import { TestedService } from '../../support/tested-service.js';
import { OtherServices, delegates, organizer, publicCaller } from './other-services.js';

const others = new OtherServices();
let tested: TestedService;

beforeAll(async () => {
  tested = await TestedService.start(registrations, others.answers);
});
afterAll(() => tested.stop());

const register = (stopId: string, caller: Caller, seats: number, more = {}) =>
  tested.ask(registerDelegation, { stopId, body: { delegates: delegates(seats) } }, caller, more);

describe('a registration', () => {
  it('takes its seats, can be read, and gives them back', async () => {
    const stop = others.stop({ capacity: 10 });
    const company = others.company();
    const made = await register(stop.id, company, 3);
    expect(made).toMatchObject({ status: 'confirmed', seats: 3, version: 1, waitlistPosition: null });
    expect(made.delegates.map(({ badge }) => badge?.length)).toEqual([32, 32, 32]);
    expect(made.company).toEqual({ id: company.companyId, name: { zh: '示例企业' } });
    expect(Object.keys(made).at(-1)).toBe('version');
    expect(await tested.ask(getRegistration, { id: made.id }, company)).toEqual(made);
    expect(await tested.ask(getAvailability, { stopId: stop.id }, publicCaller)).toEqual({
      capacity: 10,
      confirmed: 3,
      pending: 0,
      waitlisted: 0,
      left: 7,
      registrationState: 'open',
      basis: { stopVersion: 1, changesAt: stop.registration.closesAt },
    });
    const cancelled = await tested.ask(cancelRegistration, { id: made.id }, company);
    expect(cancelled).toMatchObject({ status: 'cancelled', version: 2 });
    expect(await tested.ask(getAvailability, { stopId: stop.id }, publicCaller)).toMatchObject({ left: 10 });
  });

  it('joins the waiting list whole and is promoted when the capacity is raised', async () => {
    const stop = others.stop({ capacity: 2 });
    const [first, second] = [others.company(), others.company()];
    await register(stop.id, first, 2);
    const waiting = await register(stop.id, second, 2);
    expect(waiting).toMatchObject({ status: 'waitlisted', waitlistPosition: 1 });
    const { version } = others.changeStop(stop, { capacity: 4 });
    await tested.ask(registrationsCatchUpOnStop, { id: stop.id, version }, systemCaller);
    expect(await tested.ask(getRegistration, { id: waiting.id }, second)).toMatchObject({
      status: 'confirmed',
      version: 2,
    });
  });

  it('is seen by its company and the organizer of its stop alone', async () => {
    const stop = others.stop();
    const company = others.company();
    const made = await register(stop.id, company, 1);
    expect(await tested.ask(getRegistration, { id: made.id }, organizer)).toEqual(made);
    const stranger = await tested.refusal(getRegistration, { id: made.id }, others.company());
    expect(stranger.code).toBe('resource.not_found');
    const other = { ...organizer, organizationId: newId() };
    expect((await tested.refusal(getRegistration, { id: made.id }, other)).code).toBe('resource.not_found');
  });

  it('is answered once for one key, and its replay says so', async () => {
    const stop = others.stop();
    const company = others.company();
    const input = { stopId: stop.id, body: { delegates: delegates(1) } };
    const idempotency = { scope: company.companyId, key: 'k', requestHash: 'h' };
    const [a, b] = await Promise.all([
      tested.ask(registerDelegation, input, company, { idempotency }),
      tested.ask(registerDelegation, input, company, { idempotency }),
    ]);
    expect(b).toEqual(a);
    const reused = await tested.refusal(registerDelegation, input, company, {
      idempotency: { ...idempotency, requestHash: 'other' },
    });
    expect(reused.code).toBe('idempotency.key_reused');
  });

  it('keeps languages, consent and reasons, and shows them to those concerned', async () => {
    const stop = others.stop({}, { approval: 'manual' });
    const company = others.company();
    const [person] = delegates(1);
    const body = {
      delegates: [{ ...(person as { name: string; email: string }), language: 'en' as const }],
      consent: { textVersion: '2027-01' },
    };
    const made = await tested.ask(registerDelegation, { stopId: stop.id, body }, company);
    expect(made).toMatchObject({ reason: null, delegates: [{ language: 'en' }] });
    const { items } = await tested.ask(exportRegistrations, {}, company);
    expect(items).toMatchObject([{ id: made.id, consent: { textVersion: '2027-01' } }]);
    const reason = 'Names are missing';
    await tested.ask(declineRegistration, { id: made.id, body: { reason } }, organizer);
    expect(await tested.ask(getRegistration, { id: made.id }, company)).toMatchObject({
      status: 'declined',
      reason,
    });
  });

  it('tells why its stop was cancelled', async () => {
    const stop = others.stop();
    const company = others.company();
    const { id } = await register(stop.id, company, 1);
    const { version } = others.changeStop(stop, { status: 'cancelled', cancelReason: 'Typhoon' });
    await tested.ask(registrationsCatchUpOnStop, { id: stop.id, version }, systemCaller);
    expect(await tested.ask(getRegistration, { id }, company)).toMatchObject({
      status: 'cancelled',
      reason: 'Typhoon',
    });
  });

  it('gives a new badge to the same person, who has checked in and stays so', async () => {
    const stop = others.stop();
    const company = others.company();
    const { id, ...made } = await register(stop.id, company, 1);
    const [{ id: delegateId, badge } = { id: '', badge: '' }] = made.delegates;
    const at = { stopId: stop.id, body: { badge: badge ?? '' } };
    await tested.ask(checkInDelegate, at, organizer);
    const after = await tested.ask(reissueBadge, { id, delegateId }, company);
    expect(after.delegates[0]?.badge).not.toBe(badge);
    expect((await tested.refusal(checkInDelegate, at, organizer)).code).toBe('badge.not_valid');
    const renewed = { stopId: stop.id, body: { badge: after.delegates[0]?.badge ?? '' } };
    expect(await tested.ask(checkInDelegate, renewed, organizer)).toMatchObject({ repeated: true });
  });

  it('remarks that somebody is in another delegation of the stop', async () => {
    const stop = others.stop();
    const body = { delegates: [{ name: 'Wang', email: 'wang@example.com' }] };
    const first = await tested.ask(registerDelegation, { stopId: stop.id, body }, others.company());
    expect(first).not.toHaveProperty('warnings');
    const again = { delegates: [{ name: 'Wang', email: 'WANG@example.com' }] };
    const second = await tested.ask(registerDelegation, { stopId: stop.id, body: again }, others.company());
    expect(second.warnings).toMatchObject([{ code: 'delegate.elsewhere' }]);
    expect(Object.keys(second).at(-1)).toBe('version');
  });

  it('is listed oldest first, page by page', async () => {
    const stop = others.stop({ capacity: 2 });
    const companies = [others.company(), others.company(), others.company()];
    const made = [];
    for (const company of companies) made.push(await register(stop.id, company, 1));
    const first = await tested.ask(listRegistrations, { stopId: stop.id, limit: 2 }, organizer);
    expect(first.items.map(({ id }) => id)).toEqual([made[0]?.id, made[1]?.id]);
    const cursor = first.nextCursor ?? '';
    const rest = await tested.ask(listRegistrations, { stopId: stop.id, cursor }, organizer);
    expect(rest).toMatchObject({ items: [{ id: made[2]?.id, waitlistPosition: 1 }], nextCursor: null });
    const own = await tested.ask(listRegistrations, { stopId: stop.id }, companies[1] as Caller);
    expect(own.items).toHaveLength(1);
    for (const wrong of [
      ['x', newId()],
      [new Date().toISOString(), 'x'],
    ]) {
      const bad = Buffer.from(JSON.stringify(wrong)).toString('base64url');
      const refused = await tested.refusal(listRegistrations, { stopId: stop.id, cursor: bad }, organizer);
      expect(refused.code).toBe('request.invalid');
    }
  });
});
