import { commonProblems, problems, type Caller, type ProblemCode } from '#contracts';
import { pathParameters, type Operation } from '../operations/operation.js';

/** A person, who may get another answer than a key. */
const somebody: Caller = { role: 'public', keyId: null, userId: 'a person', signInId: 'a sign-in' };

/** Every problem code that an operation can answer, whether a service or the edge says it. */
export function problemCodesOf(operation: Operation): ProblemCode[] {
  const { signature, method, access, path } = operation;
  const codes = new Set<ProblemCode>([
    ...signature.errors,
    ...(operation.variantFor?.(somebody)?.contract?.errors ?? []),
    ...commonProblems,
    'auth.required',
    'request.invalid',
  ]);
  if (!access.includes('public')) codes.add('auth.forbidden');
  if (pathParameters(path).length > 0) codes.add('resource.not_found');
  // What changes something is refused to pages of other sites; a read never is.
  if (method !== 'GET') codes.add('auth.cross_site');
  if (method !== 'GET') {
    for (const code of ['request.malformed', 'request.too_large', 'request.unsupported_media_type'] as const)
      codes.add(code);
  }
  if (method === 'POST') codes.add('idempotency.key_reused');
  return [...codes];
}

export function byStatus(codes: readonly ProblemCode[]): Map<number, ProblemCode[]> {
  const grouped = new Map<number, ProblemCode[]>();
  for (const code of codes) {
    const { status } = problems[code];
    grouped.set(status, [...(grouped.get(status) ?? []), code]);
  }
  return grouped;
}
