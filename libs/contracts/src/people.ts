import { z } from 'zod';
import { roles } from './caller.js';
import { event, request } from './contract.js';
import { readText } from './values/readable-text.js';
import { readBy } from './values/reading.js';
import { Email, Id, Label, LocalizedName, Name, Page, Version, pageOf } from './values/values.js';

const Language = z.enum(['zh', 'en']);
const memberRoles = ['organizer', 'staff', 'company'] as const;

// ── The signed-in person ────────────────────────────────────────────────────────────────────────

const Named = z.object({ id: z.string(), name: LocalizedName.nullable() });

/** What a person may act as: of an organization (for one stop as staff), or of a company. */
export const Membership = z.object({
  id: z.string(),
  role: z.enum(memberRoles),
  organization: Named.optional(),
  company: Named.optional(),
  stop: Named.optional(),
});

export const User = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string().nullable(),
  language: Language.nullable(),
});

/** The caller of a request: an API key, a person, or the phone of a door. */
export const Me = z.object({
  role: z
    .enum(roles)
    .exclude(['public'])
    .nullable()
    .meta({ description: '`null` for a person without memberships' }),
  organizationId: z.string().nullable(),
  companyId: z.string().nullable(),
  stopId: z.string().nullable(),
  keyId: z.string().nullable().meta({ description: 'The API key; `null` for a person and a door pass' }),
  user: User.nullable().meta({
    description: 'The person who is signed in; `null` with an API key or a door pass',
  }),
  memberships: z
    .array(Membership)
    .meta({ description: "The person's memberships; none with an API key or a door pass" }),
});
export type Me = z.output<typeof Me>;

// ── What the gateway and accounts exchange about browsers ───────────────────────────────────────────

/** The browser or phone that signs in, as the gateway sees it. */
export const Browser = z.object({
  /** The cookie of the browser that asked for a code. */
  askingToken: z.string().max(200).nullable(),
  /** The address that limits are counted by: of IPv6 the /64 network. */
  network: z.string().max(64),
  userAgent: z.string().max(400).nullable(),
});
export type Browser = z.output<typeof Browser>;

/** A cookie that the gateway sets. Its value never leaves the cookie. */
export const NewCookie = z.object({ value: z.string(), maxAgeSeconds: z.int() });
export type NewCookie = z.output<typeof NewCookie>;

const browser = { browser: Browser };
const baseUrl = { baseUrl: z.url().meta({ examples: ['https://api.example.com'] }) };

// ── Signing in and out ──────────────────────────────────────────────────────────────────────────

const maxTokenLength = 2_000;
/** What was copied from a mail, a QR code or a screen: one word. */
const secret = (what: string, example: string) =>
  readBy(
    (given) => {
      const read = readText(given, { minLength: 1, maxLength: maxTokenLength, isOneLine: true });
      return 'value' in read && /\s/u.test(read.value) ? { fault: `must be ${what}` } : read;
    },
    { minLength: 1, maxLength: maxTokenLength, examples: [example] },
  );

export const codeDigits = 6;
/** Six digits; blanks and hyphens between them, and full-width digits, do no harm. */
const Code = readBy(
  (given) => {
    const value = given.normalize('NFKC').replace(/[\s-]/gu, '');
    return /^\d{6}$/.test(value) ? { value } : { fault: `must be the ${codeDigits} digits of the mail` };
  },
  { minLength: codeDigits, maxLength: 20, examples: ['042137'] },
);

const askBody = z.strictObject({ email: Email, language: Language.nullish() });

/** Sends a mail with a code and a link, and gives the asking browser a cookie without which the code is worth nothing. */
export const askSignInCode = request('rpc.accounts.ask-sign-in-code.v1', {
  input: z.strictObject({ body: askBody, ...browser, ...baseUrl }),
  output: z.object({ asking: NewCookie }),
  errors: ['mail.not_configured'],
});

export const SignInBody = z
  .strictObject({
    email: Email.optional(),
    code: Code.optional(),
    link: secret('the link of the mail', 'https://tour.example.org/sign-in#AbC123').optional(),
    confirm: z.boolean().optional().meta({ description: 'Opens a link in another browser than asked' }),
    pass: secret('the link of the QR code', 'https://tour.example.org/door/join#AbC123').optional(),
    apiKey: secret('an API key', 'waystop_organizer_AbC123').optional(),
  })
  .refine((body) => waysIn(body) === 1 && (body.email === undefined) === (body.code === undefined), {
    error: 'needs either "email" and "code", or "link", or "pass", or "apiKey"',
  })
  .refine(({ confirm, link }) => confirm === undefined || link !== undefined, {
    error: 'goes with "link" alone',
    path: ['confirm'],
  })
  // Exactly one way, also for those who read the document.
  .meta({ oneOf: [['email', 'code'], ['link'], ['pass'], ['apiKey']].map((required) => ({ required })) });

function waysIn({ code, link, pass, apiKey }: Record<string, unknown>): number {
  return [code, link, pass, apiKey].filter((way) => way !== undefined).length;
}

/** The answer to a new sign-in, or to one with a new token: who the caller is now, and the cookie that says so. */
export const SignedIn = z.object({ me: Me, signIn: NewCookie });
export type SignedIn = z.output<typeof SignedIn>;

export const signIn = request('rpc.accounts.sign-in.v1', {
  input: z.strictObject({ body: SignInBody, ...browser }),
  output: SignedIn,
  errors: [
    'auth.required',
    'sign_in.wrong_code',
    'sign_in.expired',
    'sign_in.other_browser',
    'sign_in.confirm',
  ],
});

/** Ends the caller's sign-in, where it has one. */
export const signOut = request('rpc.accounts.sign-out.v1', {
  input: z.strictObject({}),
  output: z.null(),
});

export const SignIn = z.object({
  id: z.string(),
  createdAt: z.string(),
  /** Rounded to the minute. */
  lastSeenAt: z.string(),
  userAgent: z.string().nullable(),
  /** Whether this request came with it. */
  current: z.boolean(),
});

/** The sign-ins of the calling person; of an API key those that were made with it. */
export const listSignIns = request('rpc.accounts.list-sign-ins.v1', {
  input: z.strictObject(Page.shape),
  output: pageOf(SignIn),
});

export const endSignIn = request('rpc.accounts.end-sign-in.v1', {
  input: z.strictObject({ id: Id }),
  output: z.null(),
  errors: ['resource.not_found'],
});

// ── One's own account ───────────────────────────────────────────────────────────────────────────

export const getMe = request('rpc.accounts.get-me.v1', { input: z.strictObject({}), output: Me });

export const updateMe = request('rpc.accounts.update-me.v1', {
  input: z.strictObject({
    body: z.strictObject({ name: Name.nullish(), language: Language.nullish() }),
  }),
  output: Me,
  errors: ['auth.forbidden'],
});

export const actAs = request('rpc.accounts.act-as.v1', {
  input: z.strictObject({ body: z.strictObject({ membershipId: Id }) }),
  output: SignedIn,
  errors: ['resource.not_found'],
});

/** The person of a token of the installation's issuer, which has proven the address. */
export const ensureTokenUser = request('rpc.accounts.ensure-token-user.v1', {
  input: z.object({ email: Email, name: z.string().max(200).nullable() }),
  output: z.object({ userId: z.string() }),
});

// ── How gateways know sign-ins ──────────────────────────────────────────────────────────────────

/** Whose sign-in it is, looked up by its token's hash beside API keys (see `authenticateKeys`). */
export const SignInPrincipal = z.object({
  keyHash: z.string(),
  /** The id of the sign-in. */
  keyId: z.string(),
  /** `public` for a person without memberships. */
  role: z.enum(roles),
  organizationId: z.string().optional(),
  companyId: z.string().optional(),
  stopId: z.string().optional(),
  expiresAt: z.string().optional(),
  userId: z.string().optional(),
  /** The API key or the door pass that it was made with. */
  madeWith: z.string().optional(),
});
export type SignInPrincipal = z.output<typeof SignInPrincipal>;

/** A sign-in ended, or what it may do has changed. Gateways forget it at once. */
export const signInChanged = event(
  'evt.accounts.sign-in-changed.v1',
  z.object({ signInId: z.string(), active: z.boolean(), version: Version }),
);

// ── Members ─────────────────────────────────────────────────────────────────────────────────────

export const Member = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string().nullable(),
  role: z.enum(memberRoles),
  stopId: z.string().nullable(),
  state: z.enum(['invited', 'joined']),
  createdAt: z.string(),
});

/** The members of the caller's organization or company, oldest first. */
export const listMembers = request('rpc.accounts.list-members.v1', {
  input: z.strictObject(Page.shape),
  output: pageOf(Member),
});

export const inviteMember = request('rpc.accounts.invite-member.v1', {
  input: z.strictObject({
    body: z.strictObject({
      email: Email,
      role: z.enum(memberRoles).optional(),
      stopId: Id.optional(),
      language: Language.nullish(),
    }),
    ...baseUrl,
  }),
  output: Member,
  errors: ['resource.not_found', 'auth.forbidden', 'mail.not_configured'],
});

export const removeMember = request('rpc.accounts.remove-member.v1', {
  input: z.strictObject({ id: Id }),
  output: z.null(),
  errors: ['resource.not_found', 'member.last'],
});

// ── Door passes ─────────────────────────────────────────────────────────────────────────────────

export const DoorPass = z.object({
  id: z.string(),
  label: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
  /** When a phone was signed in with it; `null` while it waits for one. */
  usedAt: z.string().nullable(),
});

export const createDoorPass = request('rpc.accounts.create-door-pass.v1', {
  input: z.strictObject({ stopId: Id, body: z.strictObject({ label: Label }), ...baseUrl }),
  output: DoorPass.extend({ url: z.string() }),
  errors: ['resource.not_found', 'stop.cancelled', 'session.closed'],
});

export const listDoorPasses = request('rpc.accounts.list-door-passes.v1', {
  input: z.strictObject({ stopId: Id, ...Page.shape }),
  output: pageOf(DoorPass),
  errors: ['resource.not_found'],
});

export const deleteDoorPass = request('rpc.accounts.delete-door-pass.v1', {
  input: z.strictObject({ stopId: Id, id: Id }),
  output: z.null(),
  errors: ['resource.not_found'],
});
