import { hash } from 'node:crypto';
import { Problem } from '#contracts';

/** By convention `version` is the last member of a resource, so it is read from the end without parsing the rest. */
const versionAtEnd = /"version":(\d{1,15})\}$/;
const tailLength = 32;

/** The version of a resource's JSON; `undefined` where it has none at its top level. */
export function versionOf(body: Buffer): number | undefined {
  const tail = body.toString('latin1', Math.max(0, body.length - tailLength));
  const found = versionAtEnd.exec(tail)?.[1];
  if (found !== undefined) return Number(found);
  const { version } = JSON.parse(body.toString('utf8')) as { version?: unknown };
  return typeof version === 'number' ? version : undefined;
}

/** A strong tag: the version for `If-Match`, and a hash since the clock changes answers too (RFC 9110, 8.8.3). */
export function etagOf(body: Buffer, version: number | undefined): string {
  const digest = hash('sha1', body, 'base64url').slice(0, 12);
  return version === undefined ? `"${digest}"` : `"${version}-${digest}"`;
}

const versionTag = /^(?:W\/)?"?(\d{1,15})(?:-[\w-]*)?"?$/;

/**
 * The version that `If-Match` requires: the newest of a list, since versions only rise; none for `*`.
 * @throws Problem `precondition.failed` where no tag in it could be one of ours
 */
export function requiredVersion(header: string): number | undefined {
  const tags = header.split(',').map((tag) => tag.trim());
  if (tags.includes('*')) return undefined;
  const versions = tags.flatMap((tag) => versionTag.exec(tag)?.[1] ?? []).map(Number);
  if (versions.length > 0) return versions.reduce((one, other) => Math.max(one, other));
  throw new Problem(
    'precondition.failed',
    'If-Match names no version of this resource. Send back the ETag of an answer.',
  );
}

/** Whether the reader has this already: the weak comparison that RFC 9110 asks for in `If-None-Match`. */
export function matchesEtag(header: string, etag: string): boolean {
  // A tag has its quotes with it, so it is found in a list as it stands, whatever the list's length.
  return header.includes(etag) || header.trim() === '*';
}
