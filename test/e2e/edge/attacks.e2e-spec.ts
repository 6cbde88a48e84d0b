import { randomBytes, randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { soon } from '#service/testing/patience';
import { ApiClient, must, publishedStop, type Answer } from '../../support/client.js';
import { Mailbox, cookieIn } from '../../support/mailbox.js';
import { sharedSystem, type SharedSystem } from '../../support/shared-system.js';

let system: SharedSystem;
let anyone: ApiClient;
let organizer: ApiClient;
let mails: Mailbox;

beforeAll(async () => {
  system = await sharedSystem();
  anyone = new ApiClient(system.url);
  organizer = anyone.with(system.organizerKey);
  mails = new Mailbox(anyone, system.mailPageUrl);
}, 300_000);

const newAddress = () => `victim-${randomUUID()}@example.com`;
const newToken = () => randomBytes(32).toString('base64url');
const signIn = (body: object, headers: Record<string, string> = {}) =>
  anyone.post('/v1/sign-in', body, headers);
const codeOf = ({ status, body }: Answer): [number, string | undefined] => [status, body?.code];
/** A member who is signed in. */
const member = async () => anyone.withCookie(await mails.join(organizer));

/** What somebody tries, and how it is refused. */
const attacks: [string, () => Promise<Answer>, number, string][] = [
  [
    'a code that was read over the phone, typed by the one who asked for it elsewhere',
    async () => {
      const email = newAddress();
      const { code } = await mails.ask(email);
      const attacker = await mails.ask(newAddress());
      return signIn({ email, code }, { cookie: attacker.asking });
    },
    401,
    'sign_in.other_browser',
  ],
  [
    'a code without the cookie of the browser that asked',
    async () => {
      const email = newAddress();
      const { code } = await mails.ask(email);
      return signIn({ email, code });
    },
    401,
    'sign_in.other_browser',
  ],
  [
    'a cookie of the asking browser that is made up',
    async () => {
      const email = newAddress();
      const { code } = await mails.ask(email);
      return signIn({ email, code }, { cookie: `waystop-asking=${newToken()}` });
    },
    401,
    'sign_in.other_browser',
  ],
  [
    'a cookie that was planted beside the own one',
    async () => {
      const email = newAddress();
      const { code, asking } = await mails.ask(email);
      return signIn({ email, code }, { cookie: `waystop-asking=${newToken()}; ${asking}` });
    },
    401,
    'sign_in.other_browser',
  ],
  [
    'a sixth guess, even if it is right',
    async () => {
      const email = newAddress();
      const { code, asking } = await mails.ask(email);
      const wrong = code === '111111' ? '222222' : '111111';
      for (let count = 0; count < 5; count += 1) await signIn({ email, code: wrong }, { cookie: asking });
      return signIn({ email, code }, { cookie: asking });
    },
    401,
    'sign_in.expired',
  ],
  [
    'a code that was used',
    async () => {
      const email = newAddress();
      const { code, asking } = await mails.ask(email);
      await must(signIn({ email, code }, { cookie: asking }));
      return signIn({ email, code }, { cookie: asking });
    },
    401,
    'sign_in.expired',
  ],
  [
    'a code of an older mail',
    async () => {
      const email = newAddress();
      const { code, asking } = await mails.ask(email);
      await mails.ask(email);
      return signIn({ email, code }, { cookie: asking });
    },
    401,
    'sign_in.expired',
  ],
  [
    'a link that was used, opened again',
    async () => {
      const { link, asking } = await mails.ask(newAddress());
      await must(signIn({ link }, { cookie: asking }));
      return signIn({ link, confirm: true }, { cookie: asking });
    },
    401,
    'sign_in.expired',
  ],
  [
    'a link that is opened elsewhere, as by a mail scanner',
    async () => {
      const { link } = await mails.ask(newAddress());
      return signIn({ link });
    },
    409,
    'sign_in.confirm',
  ],
  [
    'a link that is made up',
    () => signIn({ link: `${system.url}/sign-in#${newToken()}`, confirm: true }),
    401,
    'sign_in.expired',
  ],
  [
    'the token of a link as that of a door pass',
    async () => signIn({ pass: (await mails.ask(newAddress())).link }),
    401,
    'sign_in.expired',
  ],
  [
    'a door pass, scanned from a photograph after it was used',
    async () => {
      const stop = await publishedStop(organizer);
      const { url } = await must(organizer.post(`/v1/stops/${stop.id}/door-passes`, { label: 'door' }));
      await must(signIn({ pass: url }));
      return signIn({ pass: url });
    },
    401,
    'sign_in.expired',
  ],
  ['an API key that is guessed', () => signIn({ apiKey: newToken() }), 401, 'auth.required'],
  [
    "session fixation: the attacker's cookie is in the victim's browser, who signs in",
    async () => {
      const planted = await mails.cookieOf({ apiKey: system.organizerKey });
      const email = newAddress();
      const { code, asking } = await mails.ask(email);
      const signedIn = await signIn({ email, code }, { cookie: `${planted}; ${asking}` });
      expect(cookieIn(signedIn.headers)).not.toBe(planted);
      return anyone.withCookie(planted).get('/v1/me');
    },
    401,
    'auth.required',
  ],
  [
    'a cookie that was copied before its owner signed out',
    async () => {
      const browser = await member();
      await must(browser.post('/v1/sign-out'));
      return browser.get('/v1/me');
    },
    401,
    'auth.required',
  ],
  [
    'a cookie that was copied before its owner chose another membership',
    async () => {
      const browser = await member();
      const { memberships } = await must(browser.get('/v1/me'));
      await must(browser.put('/v1/me/acting-as', { membershipId: memberships[0].id }));
      return browser.get('/v1/me');
    },
    401,
    'auth.required',
  ],
  [
    'a token of a cookie as an API key',
    async () => anyone.with((await mails.join(organizer)).split('=')[1] ?? '').get('/v1/me'),
    401,
    'auth.required',
  ],
  [
    'an API key as a cookie',
    () => anyone.withCookie(`waystop=${system.organizerKey}`).get('/v1/api-keys'),
    401,
    'auth.required',
  ],
  [
    'a cookie that a neighbour domain set beside the own one',
    async () => anyone.withCookie(`waystop=${newToken()}; ${await mails.join(organizer)}`).get('/v1/members'),
    401,
    'auth.required',
  ],
  [
    'a form of another site that posts with the cookie',
    async () => {
      const cookie = await mails.join(organizer);
      const headers = {
        cookie,
        origin: 'https://evil.example.com',
        'sec-fetch-site': 'cross-site',
        'content-type': 'application/x-www-form-urlencoded',
      };
      return anyone.send('POST', '/v1/tours', 'name=x', headers);
    },
    403,
    'auth.cross_site',
  ],
  [
    'a fetch of another site, with the cookie and JSON',
    async () => {
      const headers = { cookie: await mails.join(organizer), origin: 'https://evil.example.com' };
      return anyone.post('/v1/tours', { name: { en: 'Stolen' } }, headers);
    },
    403,
    'auth.cross_site',
  ],
  [
    'a page of a neighbour domain, which browsers call the same site',
    async () => {
      const headers = { cookie: await mails.join(organizer), 'sec-fetch-site': 'same-site' };
      return anyone.post('/v1/tours', { name: { en: 'Stolen' } }, headers);
    },
    403,
    'auth.cross_site',
  ],
  [
    'login CSRF: another site signs the victim in as the attacker',
    () => signIn({ apiKey: system.organizerKey }, { origin: 'https://evil.example.com' }),
    403,
    'auth.cross_site',
  ],
  [
    'another site signs the victim out',
    async () => {
      const headers = { cookie: await mails.join(organizer), 'sec-fetch-site': 'cross-site' };
      return anyone.post('/v1/sign-out', undefined, headers);
    },
    403,
    'auth.cross_site',
  ],
  [
    'a header in the address of a mail',
    () => anyone.post('/v1/sign-in/codes', { email: 'a@example.com\r\nBcc: b@example.com' }),
    422,
    'request.invalid',
  ],
  [
    'an address with a look-alike letter before the "@"',
    () => anyone.post('/v1/sign-in/codes', { email: 'аdmin@example.com' }),
    422,
    'request.invalid',
  ],
  [
    'several addresses in one',
    () => anyone.post('/v1/sign-in/codes', { email: 'a@example.com, b@example.com' }),
    422,
    'request.invalid',
  ],
  [
    'a place to go to after signing in, which would be an open redirect',
    () => signIn({ apiKey: system.organizerKey, returnTo: 'https://evil.example.com' }),
    422,
    'request.invalid',
  ],
  [
    'a flood of mails to one address, in changing case and from many networks',
    async () => {
      const email = newAddress();
      for (let count = 0; count < 5; count += 1) await mails.ask(email);
      const headers = { 'x-forwarded-for': '10.9.8.7' };
      return anyone.post('/v1/sign-in/codes', { email: email.toUpperCase() }, headers);
    },
    429,
    'rate.limited',
  ],
  [
    "a membership of somebody else's",
    async () => {
      const [one, other] = [await member(), await member()];
      const { memberships } = await must(other.get('/v1/me'));
      return one.put('/v1/me/acting-as', { membershipId: memberships[0].id });
    },
    404,
    'resource.not_found',
  ],
  [
    "somebody else's sign-in, ended by its id",
    async () => {
      const [one, other] = [await member(), await member()];
      const { items } = await must(other.get('/v1/me/sign-ins'));
      return one.delete(`/v1/me/sign-ins/${items[0].id}`);
    },
    404,
    'resource.not_found',
  ],
  [
    'a former member, whose cookie is still there',
    async () => {
      const browser = await member();
      const { memberships } = await must(browser.get('/v1/me'));
      await must((await member()).delete(`/v1/members/${memberships[0].id}`));
      await soon(async () => expect((await browser.get('/v1/members')).status).not.toBe(200));
      return browser.get('/v1/members');
    },
    401,
    'auth.required',
  ],
];

describe('an attack on signing in', () => {
  it.each(attacks)('%s', async (_what, attack, status, code) => {
    expect(codeOf(await attack())).toEqual([status, code]);
  });

  it('learns nothing of who is known: the answer to an address is the same', async () => {
    const { email } = (await must((await member()).get('/v1/me'))).user;
    const shapes = await Promise.all(
      [email, newAddress()].map(async (address) => {
        const network = { 'x-forwarded-for': `10.7.${Math.floor(Math.random() * 256)}.1` };
        const { status, headers, body } = await anyone.post('/v1/sign-in/codes', { email: address }, network);
        return [status, body, [...headers.keys()].toSorted()];
      }),
    );
    expect(shapes[0]).toEqual(shapes[1]);
  });
});
