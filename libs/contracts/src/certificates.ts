import { z } from 'zod';
import { request } from './contract.js';
import { Id, LocalizedText, Page, Version, pageOf, text, wholeNumber } from './values/values.js';

export const certificateKinds = ['attendance', 'speaking'] as const;
export const verifiedStatuses = ['valid', 'revoked', 'replaced'] as const;
export type VerifiedStatus = (typeof verifiedStatuses)[number];

export const Certificate = z.object({
  id: z.string(),
  stopId: z.string(),
  kind: z.enum(certificateKinds),
  delegateId: z.string().nullable(),
  sessionId: z.string().nullable(),
  /** The name it was made out to; empty once it was erased. */
  holder: z.string(),
  code: z.string(),
  status: z.enum(verifiedStatuses),
  reason: z.string().nullable(),
  issuedAt: z.string(),
  version: Version,
});
export type Certificate = z.output<typeof Certificate>;

export const issueCertificates = request('rpc.outcomes.issue-certificates.v1', {
  input: z.strictObject({ stopId: Id }),
  output: z.object({ issued: z.number().int() }),
  errors: ['resource.not_found', 'stop.not_started', 'stop.cancelled'],
});

export const listCertificates = request('rpc.outcomes.list-certificates.v1', {
  input: z.strictObject({ stopId: Id, ...Page.shape }),
  output: pageOf(Certificate),
  errors: ['resource.not_found'],
});

/** The caller's people's certificates of all stops, in any status, oldest first. */
export const exportCertificates = request('rpc.outcomes.export-certificates.v1', {
  input: z.strictObject(Page.shape),
  output: pageOf(Certificate),
});

export const revokeCertificate = request('rpc.outcomes.revoke-certificate.v1', {
  input: z.strictObject({ id: Id, body: z.strictObject({ reason: text(2_000) }) }),
  output: Certificate,
  errors: ['resource.not_found', 'precondition.failed', 'certificate.invalid_transition'],
});

export const replaceCertificate = request('rpc.outcomes.replace-certificate.v1', {
  input: z.strictObject({ id: Id }),
  output: Certificate,
  errors: ['resource.not_found', 'precondition.failed', 'certificate.invalid_transition'],
});

// ── Verification ────────────────────────────────────────────────────────────────────────────────

export const verifiedKinds = ['membership', 'case', 'paper', 'certificate'] as const;

/** Everything but `valid` is absent for an unknown code. */
export const Verification = z.object({
  valid: z.boolean(),
  kind: z.enum(verifiedKinds).optional(),
  /** Of a plaque. */
  number: z.number().int().nullable().optional(),
  /** A company's or an issuer's name in its languages; of a person the first character and `*`. */
  holder: z.union([z.string(), LocalizedText]).optional(),
  title: LocalizedText.optional(),
  announcedAt: z.string().optional(),
  status: z.enum(verifiedStatuses).optional(),
  replacedBy: z.string().nullable().optional(),
});
export type Verification = z.output<typeof Verification>;

/** Any text is asked for: what is no code is as unknown as a code that nobody gave out. */
export const verifyCode = request('rpc.outcomes.verify-code.v1', {
  input: z.strictObject({ code: z.string() }),
  output: Verification,
});
// ── Documents ───────────────────────────────────────────────────────────────────────────────────

const pdf = z.object({ fileName: z.string(), base64: z.string() });
const language = z.enum(['zh', 'en']).default('zh');

export const renderCertificate = request('rpc.outcomes.render-certificate.v1', {
  input: z.strictObject({ id: Id }),
  output: pdf,
  errors: ['resource.not_found'],
});

/** Badges of one document at most. */
export const badgesOfDocument = 2_500;

export const renderBadges = request('rpc.outcomes.render-badges.v1', {
  input: z.strictObject({
    stopId: Id,
    sheet: z.enum(['a4', 'single']).default('a4'),
    /** Of so many badges each: a document has to fit into one message. */
    page: wholeNumber(1, 1_000).default(1),
  }),
  output: pdf,
  errors: ['resource.not_found'],
});

export const renderPlaques = request('rpc.outcomes.render-plaques.v1', {
  input: z.strictObject({ id: Id, sheet: z.enum(['single', 'a4']).default('single') }),
  output: pdf,
  errors: ['resource.not_found'],
});

export const renderReport = request('rpc.outcomes.render-report.v1', {
  input: z.strictObject({ stopId: Id, lang: language }),
  output: pdf,
  errors: ['resource.not_found'],
});
