import { createHash } from 'node:crypto';

const common = (trustedTypes: string): string =>
  "default-src 'none'; script-src 'self'; img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; " +
  "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; " +
  `require-trusted-types-for 'script'; trusted-types ${trustedTypes}`;

/**
 * The policy of a public page. Its one block of styles is allowed by its hash and not by a nonce, so that the page stays
 * the same for everybody: it can be cached and answered with 304.
 */
export function pagePolicy(style: string): string {
  const hash = createHash('sha256').update(style).digest('base64');
  return `${common("'none'")}; style-src 'self'${style === '' ? '' : ` 'sha256-${hash}'`}`;
}

/** The policy of the application, whose components add blocks of styles as they run. */
export function appPolicy(nonce: string): string {
  return `${common("'none'")}; style-src 'self' 'nonce-${nonce}'`;
}

/** The policy of the door: one document for everybody, whose workers are its own scripts (`client/door/trusted.ts`). */
export const doorPolicy = `${common('door')}; style-src 'self'`;

export const securityHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(self), microphone=(), geolocation=(), payment=()',
};
