import { z } from 'zod';
import { roles } from './caller.js';
import { event, request } from './contract.js';
import { NewCookie, SignInPrincipal } from './people.js';
import { readBy } from './values/reading.js';
import { isUscc, normaliseUscc } from '#reference-data';
import {
  Email,
  Id,
  Instant,
  Label,
  LocalizedName,
  LocalizedNameInput,
  LocalizedNamePatch,
  Name,
  Page,
  PhoneNumber,
  Version,
  pageOf,
  line,
  statesOf,
} from './values/values.js';

// ── Organizations and keys ──────────────────────────────────────────────────────────────────────

export const Organization = z.object({
  id: z.string(),
  name: LocalizedName,
  createdAt: z.string(),
  version: Version,
});

/** The role of a key and its owner determine what it may do. */
export const ApiKey = z.object({
  id: z.string(),
  role: z.enum(roles).exclude(['public']),
  label: z.string(),
  organizationId: z.string().nullable(),
  companyId: z.string().nullable(),
  stopId: z.string().nullable(),
  createdAt: z.string(),
  /** `null` for a key that is valid until it is deleted. */
  expiresAt: z.string().nullable(),
  /** Rounded to the minute; `null` for a key that was never used. */
  lastUsedAt: z.string().nullable(),
});
export const NewApiKey = ApiKey.pick({ id: true, role: true, label: true, expiresAt: true }).extend({
  apiKey: z.string(),
});

export const createOrganization = request('rpc.accounts.create-organization.v1', {
  input: z.strictObject({ body: z.strictObject({ name: LocalizedNameInput }) }),
  output: z.object({ organization: Organization, apiKey: z.string() }),
});

export const createApiKey = request('rpc.accounts.create-api-key.v1', {
  input: z.strictObject({
    body: z.strictObject({
      role: z.enum(['organizer', 'staff', 'company']).optional(),
      stopId: Id.optional(),
      organizationId: Id.optional(),
      companyId: Id.optional(),
      label: Label,
      expiresAt: Instant.nullish(),
    }),
  }),
  output: NewApiKey,
  errors: ['resource.not_found', 'auth.forbidden'],
});

export const listApiKeys = request('rpc.accounts.list-api-keys.v1', {
  input: z.strictObject(Page.shape),
  output: pageOf(ApiKey),
});

export const deleteApiKey = request('rpc.accounts.delete-api-key.v1', {
  input: z.strictObject({ id: Id }),
  output: z.null(),
  errors: ['resource.not_found', 'key.from_environment', 'key.last'],
});

/** Whose key it is. The gateway looks up many at once; a hash that the answer leaves out belongs to no key. */
export const Principal = z.object({
  keyHash: z.string(),
  keyId: z.string(),
  role: ApiKey.shape.role,
  organizationId: z.string().optional(),
  companyId: z.string().optional(),
  stopId: z.string().optional(),
  expiresAt: z.string().optional(),
});
export type Principal = z.output<typeof Principal>;

export const authenticateKeys = request('rpc.accounts.authenticate-keys.v1', {
  input: z.object({ keyHashes: z.array(z.string()).max(1_000) }),
  output: z.object({
    principals: z.array(Principal),
    /** Hashes of people's tokens are made in another way (see `hashOfSignIn`), so neither passes for the other. */
    signIns: z.array(SignInPrincipal).optional(),
  }),
});

/**
 * The keys that were revoked lately. Gateways receive revocations as events; since events can be lost and a revoked key
 * must stop working within a second, they also poll a few times a second. `complete` is false if the list was cut.
 */
export const keysEndedSince = request('rpc.accounts.keys-ended-since.v1', {
  input: z.object({ since: z.string() }),
  output: z.object({
    /** A hash can be used again, an id never is. */
    keys: z.array(z.object({ keyId: z.string(), keyHash: z.string() })),
    complete: z.boolean(),
    /** The sign-ins that ended lately, by their ids; `null` where there are too many. */
    signInIds: z.array(z.string()).nullish(),
    asOf: z.string(),
  }),
});

/** Records when keys and sign-ins were last used, as one gateway saw it; sent from time to time for many keys together. */
export const noteKeysUsed = request('rpc.accounts.note-keys-used.v1', {
  input: z.object({ keys: z.array(z.object({ keyId: z.string(), usedAt: z.string() })).max(5_000) }),
  output: z.null(),
});

/** A key was created or revoked. Its hash lets gateways accept a new key at once and refuse a revoked one within 1 s. */
export const apiKeyChanged = event(
  'evt.accounts.api-key-changed.v1',
  z.object({ keyId: z.string(), active: z.boolean(), principal: Principal, version: Version }),
);

// ── Companies ───────────────────────────────────────────────────────────────────────────────────

export const verificationStatuses = ['unverified', 'verified', 'suspended'] as const;
export type VerificationStatus = (typeof verificationStatuses)[number];

/** A unified social credit code (GB 32100-2015), in upper case and without blanks; its check character is verified. */
export const Uscc = readBy(
  (given) => {
    const value = normaliseUscc(given);
    if (isUscc(value)) return { value };
    return { fault: usccFault(value) };
  },
  { maxLength: 40, examples: ['91350100M000100Y43', '91510100MA00000820'] },
);

function usccFault(code: string): string {
  return code.length === 18
    ? 'is no unified social credit code of GB 32100-2015: a character is mistyped'
    : 'must be a unified social credit code of GB 32100-2015: 18 digits and capital letters';
}

const ContactLanguage = z.enum(['zh', 'en']);
const ContactInput = z.strictObject({
  name: Name,
  email: Email,
  mobile: PhoneNumber.nullish().transform((m) => m ?? null),
  language: ContactLanguage.nullish().transform((language) => language ?? null),
});
export const Contact = z.object({
  name: z.string(),
  email: z.string(),
  mobile: z.string().nullable(),
  /** In which mails to the company are written; `null` for no preference. */
  language: ContactLanguage.nullable(),
});
const CityCode = z.string().regex(/^\d{6}$/, { error: 'must be a six-digit code of GB/T 2260' });

/** A company. Only the company itself sees `contact` and `standings`. */
export const Company = z.object({
  id: z.string(),
  name: LocalizedName,
  uscc: z.string(),
  industry: z.string().nullable(),
  cityCode: z.string().nullable(),
  status: z.enum(verificationStatuses),
  standings: z
    .array(z.object({ organizationId: z.string(), status: z.enum(verificationStatuses) }))
    .optional(),
  contact: Contact.optional(),
  createdAt: z.string(),
  version: Version,
});

export const createCompany = request('rpc.accounts.create-company.v1', {
  input: z.strictObject({
    body: z.strictObject({
      name: LocalizedNameInput,
      uscc: Uscc,
      contact: ContactInput,
      industry: line(100).nullish(),
      cityCode: CityCode.nullish(),
    }),
  }),
  output: z.object({ company: Company, apiKey: z.string() }),
  errors: ['company.uscc_taken'],
});

/** The same for a person who is signed in and belongs to no company: the first member of this one. */
export const foundCompany = request('rpc.accounts.found-company.v1', {
  input: createCompany.input,
  output: createCompany.output.extend({ signIn: NewCookie }),
  errors: ['company.uscc_taken', 'auth.forbidden'],
});

export const getMyCompany = request('rpc.accounts.get-my-company.v1', {
  input: z.strictObject({}),
  output: Company,
});

export const updateMyCompany = request('rpc.accounts.update-my-company.v1', {
  input: z.strictObject({
    body: z.strictObject({
      name: LocalizedNamePatch.optional(),
      contact: z
        .strictObject({
          name: Name.optional(),
          email: Email.optional(),
          mobile: PhoneNumber.nullish(),
          language: ContactLanguage.nullish(),
        })
        .optional(),
      industry: line(100).nullish(),
      cityCode: CityCode.nullish(),
    }),
  }),
  output: Company,
  errors: ['precondition.failed'],
});

export const listCompanies = request('rpc.accounts.list-companies.v1', {
  input: z.strictObject({
    ...Page.shape,
    status: statesOf(verificationStatuses).optional(),
    q: line(200).optional(),
  }),
  output: pageOf(Company),
});

export const getCompany = request('rpc.accounts.get-company.v1', {
  input: z.strictObject({ id: Id }),
  output: Company,
  errors: ['resource.not_found'],
});

export const verifyCompany = request('rpc.accounts.verify-company.v1', {
  input: z.strictObject({ id: Id }),
  output: Company,
  errors: ['resource.not_found', 'precondition.failed'],
});

export const suspendCompany = request('rpc.accounts.suspend-company.v1', {
  input: z.strictObject({ id: Id }),
  output: Company,
  errors: ['resource.not_found', 'precondition.failed'],
});

/** What other services store of a company: no contact, so that personal data is erased in one place. */
export const CompanyState = z.object({
  companyId: z.string(),
  name: LocalizedName,
  /** Absent in events of earlier versions. */
  uscc: z.string().optional(),
  standings: z.array(z.object({ organizationId: z.string(), status: z.enum(verificationStatuses) })),
  /** Of GB/T 2260; absent in events of earlier releases. */
  cityCode: z.string().nullable().optional(),
  version: Version,
});
export type CompanyState = z.output<typeof CompanyState>;

export const companyChanged = event('evt.accounts.company-changed.v1', CompanyState);

/** The current state of companies whose events have not arrived yet. */
export const getCompanyStates = request('rpc.accounts.get-company-states.v1', {
  input: z.object({ ids: z.array(z.string()).max(1_000) }),
  output: z.object({ companies: z.array(CompanyState) }),
});

/** The contacts of companies. The gateway shows them to the organizer of a stop that the company registered for. */
export const getCompanyContacts = request('rpc.accounts.get-company-contacts.v1', {
  input: z.object({ ids: z.array(z.string()).max(1_000) }),
  output: z.object({ contacts: z.array(z.object({ companyId: z.string(), contact: Contact })) }),
});
