import 'reflect-metadata';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inviteMember, removeMember, signOut } from '#contracts';
import {
  ask,
  baseUrl,
  callerOf,
  principalOf,
  refusalOf,
  signInWith,
  startPeople,
  type Asked,
  type People,
} from './people.js';
import { organizationId, organizer } from './scenario.js';

/** What a mail is worth, in the words of the API page alone. */
interface ModelMail extends Asked {
  browser: number;
  tries: number;
  state: 'live' | 'used' | 'ended' | 'expired';
}

/** One person, two browsers, and what should be true of them. */
interface Model {
  mails: ModelMail[];
  /** The token of the newest mail that a browser asked for; a browser keeps one such cookie. */
  cookies: [number | null, number | null];
  signIns: { token: string; isLive: boolean; asMember: boolean }[];
  membershipId: string | null;
  hasJoined: boolean;
  invitations: number;
}

interface Real {
  people: People;
  email: string;
}

type Command = fc.AsyncCommand<Model, Real>;
const command = (text: string, check: (model: Model) => boolean, run: Command['run']): Command => ({
  check,
  run,
  toString: () => text,
});

const cookieOf = (model: Model, browser: number): string | null => {
  const index = model.cookies[browser];
  return index === null || index === undefined ? null : (model.mails[index]?.asking ?? null);
};
/** At most five mails an hour: a sixth is another test's. */
const mayAsk = ({ mails }: Model) => mails.length < 5;
/** At most ten invitations an hour. */
const mayInvite = ({ membershipId, invitations }: Model) => membershipId === null && invitations < 10;
const isDead = ({ state, tries }: ModelMail) => state !== 'live' || tries >= 5;

/** Anybody with the mail may sign in; a membership that waits is joined then. */
async function recordSignIn(model: Model, { people }: Real, mail: ModelMail, token: string): Promise<void> {
  mail.state = 'used';
  if (model.membershipId !== null) model.hasJoined = true;
  model.signIns.push({ token, isLive: true, asMember: model.hasJoined });
  const principal = await principalOf(people.service, token);
  expect(principal?.role).toBe(model.hasJoined ? 'organizer' : 'public');
}

const askIn = (browser: number) =>
  command(`ask in ${browser}`, mayAsk, async (model, { people, email }) => {
    const asked = await ask(people, email);
    for (const mail of model.mails) if (mail.state === 'live') mail.state = 'ended';
    model.mails.push({ ...asked, browser, tries: 0, state: 'live' });
    model.cookies[browser] = model.mails.length - 1;
  });

/** Tries the code of a mail, or a wrong one, in a browser. */
const tryCode = (browser: number, which: number, right: boolean) =>
  command(
    `try ${right ? 'the' : 'a wrong'} code of ${which} in ${browser}`,
    ({ mails }) => mails.length > which,
    async (model, real) => {
      const own = model.mails[model.cookies[browser] ?? -1];
      const mail = model.mails[which];
      if (mail === undefined) throw new Error('There is no such mail.');
      const code = right ? mail.code : String((Number(mail.code) + 1) % 1_000_000).padStart(6, '0');
      // By chance a wrong code can be that of another mail.
      const codes = model.mails.map((one) => one.code);
      const attempt = signInWith(real.people, { email: real.email, code }, cookieOf(model, browser));
      if (own === undefined) return expect(await refusalOf(attempt)).toBe('sign_in.other_browser');
      if (isDead(own)) return expect(await refusalOf(attempt)).toBe('sign_in.expired');
      if (own.code === code) return recordSignIn(model, real, own, (await attempt).signIn.value);
      own.tries += 1;
      expect(await refusalOf(attempt)).toBe(codes.includes(code) ? 'sign_in.expired' : 'sign_in.wrong_code');
    },
  );

const openLink = (browser: number, which: number, confirm: boolean) =>
  command(
    `open link ${which} in ${browser}${confirm ? ', confirmed' : ''}`,
    ({ mails }) => mails.length > which,
    async (model, real) => {
      const mail = model.mails[which];
      if (mail === undefined) throw new Error('There is no such mail.');
      const attempt = signInWith(
        real.people,
        confirm ? { link: mail.link, confirm } : { link: mail.link },
        cookieOf(model, browser),
      );
      if (isDead(mail)) return expect(await refusalOf(attempt)).toBe('sign_in.expired');
      const isOwn = model.cookies[browser] === which;
      if (!isOwn && !confirm) return expect(await refusalOf(attempt)).toBe('sign_in.confirm');
      await recordSignIn(model, real, mail, (await attempt).signIn.value);
    },
  );

const expire = command(
  'ten minutes pass',
  () => true,
  async (model, { people, email }) => {
    await people.service.rows.query(
      'UPDATE sign_in_codes SET expires_at = now() WHERE email = $1 AND ended_at IS NULL',
      [email],
    );
    for (const mail of model.mails) if (mail.state === 'live') mail.state = 'expired';
  },
);

const invite = command('invite', mayInvite, async (model, real) => {
  model.invitations += 1;
  const body = { email: real.email };
  const { id } = await real.people.service.ask(inviteMember, { body, baseUrl }, organizer);
  model.membershipId = id;
  model.hasJoined = false;
});

/** Somebody else has joined the organization, so this one may go. */
const remove = command(
  'end the membership',
  ({ membershipId }) => membershipId !== null,
  async (model, real) => {
    await real.people.service.ask(removeMember, { id: model.membershipId ?? '' }, organizer);
    // Who belongs to nothing is erased, with every sign-in and every mail.
    for (const signIn of model.signIns) signIn.isLive = false;
    for (const mail of model.mails) if (mail.state === 'live') mail.state = 'ended';
    model.membershipId = null;
    model.hasJoined = false;
  },
);

const leave = command(
  'sign out',
  ({ signIns }) => signIns.some(({ isLive }) => isLive),
  async (model, real) => {
    const signIn = model.signIns.find(({ isLive }) => isLive);
    if (signIn === undefined) return;
    const caller = await callerOf(real.people, {
      signIn: { value: signIn.token, maxAgeSeconds: 1 },
    } as never);
    await real.people.service.ask(signOut, {}, caller);
    signIn.isLive = false;
  },
);

const look = command(
  'look',
  () => true,
  async (model, { people }) => {
    for (const { token, isLive, asMember } of model.signIns) {
      const principal = await principalOf(people.service, token);
      expect(principal !== undefined).toBe(isLive);
      if (isLive) expect(principal?.role).toBe(asMember ? 'organizer' : 'public');
    }
  },
);

const browsers = fc.constantFrom(0, 1);
const mails = fc.nat({ max: 4 });
const commands = fc.commands(
  [
    browsers.map(askIn),
    fc.tuple(browsers, mails, fc.boolean()).map(([browser, which, right]) => tryCode(browser, which, right)),
    fc
      .tuple(browsers, mails, fc.boolean())
      .map(([browser, which, confirm]) => openLink(browser, which, confirm)),
    fc.constant(expire),
    fc.constant(invite),
    fc.constant(remove),
    fc.constant(leave),
    fc.constant(look),
  ],
  { size: '+1' },
);

let people: People;
let runs = 0;

beforeAll(async () => {
  people = await startPeople(organizationId);
  const other = 'other-organizer@example.com';
  await people.service.ask(inviteMember, { body: { email: other }, baseUrl }, organizer);
  const { asking, code } = await ask(people, other);
  await signInWith(people, { email: other, code }, asking);
}, 300_000);

afterAll(() => people.service.stop());

it('signing in does what the model does, whatever happens in whatever order', async () => {
  await fc.assert(
    fc.asyncProperty(commands, async (given) => {
      runs += 1;
      const model: Model = {
        mails: [],
        cookies: [null, null],
        signIns: [],
        membershipId: null,
        hasJoined: false,
        invitations: 0,
      };
      const email = `model-${runs}-${crypto.randomUUID()}@example.com`;
      await fc.asyncModelRun(() => ({ model, real: { people, email } }), given);
    }),
    { numRuns: Number(process.env['SIGN_IN_RUNS'] ?? 60) },
  );
}, 300_000);
