import { createHash } from 'node:crypto';
import type { z } from 'zod';
import {
  Problem,
  askSignInCode,
  authenticateKeys,
  getStopState,
  sendAccountMail,
  signIn,
  systemCaller,
  type Caller,
  type InputOf,
  type SignedIn,
  type StopState,
} from '#contracts';
import { service as accounts } from '../../../apps/accounts/src/service.js';
import { TestedService } from '../../support/tested-service.js';
import { everybody, settings } from './scenario.js';

export type Mail = InputOf<typeof sendAccountMail>;
export const baseUrl = 'https://tour.example.org';
export const stopId = '01990000-0000-7000-8000-0000000000a1';

/** The service of accounts, with a mailbox in place of notifications and one stop of the first organization. */
export interface People {
  service: TestedService;
  mails: Mail[];
  /** Whether mail can be sent. */
  outbox: { isConfigured: boolean };
  stop: StopState;
}

export async function startPeople(organizationId: string, replicas = 1): Promise<People> {
  const mails: Mail[] = [];
  const outbox = { isConfigured: true };
  const stop = stopOf(organizationId);
  const send = (mail: Mail) => {
    if (!outbox.isConfigured) throw new Problem('mail.not_configured', 'No mail.');
    if (!mails.some(({ mailId }) => mailId === mail.mailId)) mails.push(mail);
    return null;
  };
  const service = await TestedService.start(
    accounts,
    [
      [getStopState, ({ id }: { id: string }) => ({ stop: id === stopId ? stop : null })],
      [sendAccountMail, send],
    ],
    settings,
  );
  for (let count = 1; count < replicas; count += 1) await service.startReplica();
  return { service, mails, outbox, stop };
}

function stopOf(organizationId: string): StopState {
  const startsAt = new Date(Date.now() - 3_600_000).toISOString();
  return {
    id: stopId,
    tourId: stopId,
    organizationId,
    name: { zh: '成都站' },
    city: { code: '510100', name: { zh: '成都市' } },
    venue: { name: { zh: '会展中心' }, address: null, location: null },
    timeZone: 'Asia/Shanghai',
    startsAt,
    endsAt: new Date(Date.now() + 3_600_000).toISOString(),
    capacity: 200,
    maxDelegatesPerCompany: 10,
    registration: {
      opensAt: '2026-11-01T00:00:00Z',
      closesAt: startsAt,
      approval: 'automatic',
      waitlist: true,
      waitlistPolicy: 'strict',
      verifiedOnly: false,
      changesUntil: startsAt,
    },
    rooms: [],
    partners: [],
    status: 'published',
    createdAt: '2026-11-01T00:00:00Z',
    speakerTravelMinutes: 240,
    published: true,
    moves: [],
    cancelReason: null,
    version: 1,
  };
}

export interface Asked {
  asking: string;
  code: string;
  link: string;
}

let networks = 0;

/** One network an asking: what is counted by network does not matter here, unless a test says so. */
export function browser(over: Partial<{ askingToken: string | null; network: string }> = {}) {
  networks += 1;
  return {
    askingToken: null,
    network: `10.0.${networks >> 8}.${networks & 255}`,
    userAgent: 'Test',
    ...over,
  };
}

/** Asks for a code in a browser of its own, and reads the mail. */
export async function ask({ service, mails }: People, email: string, network?: string): Promise<Asked> {
  const { asking } = await service.ask(
    askSignInCode,
    { body: { email, language: 'zh' }, browser: browser(network === undefined ? {} : { network }), baseUrl },
    everybody,
  );
  const mail = mails.findLast((one) => one.email === email.toLowerCase() && one.kind === 'sign-in');
  return { asking: asking.value, code: mail?.code ?? '', link: mail?.link ?? '' };
}

export function signInWith(
  { service }: People,
  body: z.input<typeof signIn.input>['body'],
  askingToken: string | null = null,
  caller: Caller = everybody,
): Promise<SignedIn> {
  return service.ask(signIn, { body, browser: browser({ askingToken }) }, caller);
}

/** Asks for a code and signs in with it. */
export async function enter(people: People, email: string): Promise<SignedIn & { caller: Caller }> {
  const { asking, code } = await ask(people, email);
  const signedIn = await signInWith(people, { email, code }, asking);
  return { ...signedIn, caller: await callerOf(people, signedIn) };
}

/** The caller that gateways make of a sign-in. */
export async function callerOf({ service }: People, { signIn: cookie }: SignedIn): Promise<Caller> {
  const principal = await principalOf(service, cookie.value);
  if (principal === undefined) throw new Error('The sign-in is not known.');
  const { role, keyId, organizationId, companyId, stopId: stop, userId, madeWith } = principal;
  return {
    role,
    keyId: madeWith ?? null,
    signInId: keyId,
    ...(organizationId === undefined ? {} : { organizationId }),
    ...(companyId === undefined ? {} : { companyId }),
    ...(stop === undefined ? {} : { stopId: stop }),
    ...(userId === undefined ? {} : { userId }),
  };
}

export async function principalOf(service: TestedService, token: string) {
  const keyHash = createHash('sha256').update(`sign-in\n${token}`).digest('base64url');
  const { signIns = [] } = await service.ask(authenticateKeys, { keyHashes: [keyHash] }, systemCaller);
  return signIns[0];
}

/** The code of a refusal. */
export async function refusalOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'done';
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}
