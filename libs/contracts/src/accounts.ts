import { z } from 'zod';
import { roles } from './caller.js';
import { event, request } from './contract.js';
import { readBy } from './reading.js';
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
} from './values.js';

// ── Organizations and keys ──────────────────────────────────────────────────────────────────────

export const Organization = z.object({
  id: z.string(),
  name: LocalizedName,
  createdAt: z.string(),
  version: Version,
});

/** What a key may do is decided by its role and by what it belongs to. */
export const ApiKey = z.object({
  id: z.string(),
  role: z.enum(roles).exclude(['public']),
  label: z.string(),
  organizationId: z.string().nullable(),
  companyId: z.string().nullable(),
  stopId: z.string().nullable(),
  createdAt: z.string(),
  /** `null` for a key that ends only when somebody ends it. */
  expiresAt: z.string().nullable(),
  /** To the minute; `null` for a key that was never used. */
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
  errors: ['resource.not_found', 'key.from_environment'],
});

/** Who a key is. The gateway asks for many at once; a hash that is missing from the answer is no key. */
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
  output: z.object({ principals: z.array(Principal) }),
});

/**
 * Which keys ended lately. Gateways hear of an end by an event; events can be lost, and a key must be dead within a
 * second, so they also ask, a few times a second. `complete` is false when there are too many to list.
 */
export const keysEndedSince = request('rpc.accounts.keys-ended-since.v1', {
  input: z.object({ since: z.string() }),
  output: z.object({
    keyHashes: z.array(z.string()),
    /** Their ids, in the same order. A hash can serve again, an id never does. */
    keyIds: z.array(z.string()).optional(),
    complete: z.boolean(),
    asOf: z.string(),
  }),
});

/** When keys were last used, as one gateway saw it; told now and then for many keys together. */
export const noteKeysUsed = request('rpc.accounts.note-keys-used.v1', {
  input: z.object({ keys: z.array(z.object({ keyId: z.string(), usedAt: z.string() })).max(5_000) }),
  output: z.null(),
});

/** Made or ended. The hash lets every gateway know a new key at once, and forget it within 1 s of its end. */
export const apiKeyChanged = event(
  'evt.accounts.api-key-changed.v1',
  z.object({ keyId: z.string(), active: z.boolean(), principal: Principal, version: Version }),
);

// ── Companies ───────────────────────────────────────────────────────────────────────────────────

export const verificationStatuses = ['unverified', 'verified', 'suspended'] as const;
export type VerificationStatus = (typeof verificationStatuses)[number];

/** Upper case, without spaces; the check character is verified (GB 32100-2015). */
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

const ContactInput = z.strictObject({
  name: Name,
  email: Email,
  mobile: PhoneNumber.nullish().transform((m) => m ?? null),
});
export const Contact = z.object({ name: z.string(), email: z.string(), mobile: z.string().nullable() });
const CityCode = z.string().regex(/^\d{6}$/, { error: 'must be a six-digit code of GB/T 2260' });

/** One company. `contact` and `standings` appear to the company itself only. */
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

export const getMyCompany = request('rpc.accounts.get-my-company.v1', {
  input: z.strictObject({}),
  output: Company,
});

export const updateMyCompany = request('rpc.accounts.update-my-company.v1', {
  input: z.strictObject({
    body: z.strictObject({
      name: LocalizedNamePatch.optional(),
      contact: z
        .strictObject({ name: Name.optional(), email: Email.optional(), mobile: PhoneNumber.nullish() })
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

/** What neighbours keep of a company: no contact, so erasing personal data is done in one place. */
export const CompanyState = z.object({
  companyId: z.string(),
  name: LocalizedName,
  standings: z.array(z.object({ organizationId: z.string(), status: z.enum(verificationStatuses) })),
  version: Version,
});
export type CompanyState = z.output<typeof CompanyState>;

export const companyChanged = event('evt.accounts.company-changed.v1', CompanyState);

/** The present state of companies whose events have not arrived yet. */
export const getCompanyStates = request('rpc.accounts.get-company-states.v1', {
  input: z.object({ ids: z.array(z.string()).max(1_000) }),
  output: z.object({ companies: z.array(CompanyState) }),
});

/** The contacts of companies: the gateway shows them to the organizer whose stop the company registered for. */
export const getCompanyContacts = request('rpc.accounts.get-company-contacts.v1', {
  input: z.object({ ids: z.array(z.string()).max(1_000) }),
  output: z.object({ contacts: z.array(z.object({ companyId: z.string(), contact: Contact })) }),
});
