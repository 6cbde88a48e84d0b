import type { FastifyRequest } from 'fastify';
import type { Browser, Call } from '#contracts';
import { defaultDeadlineMs } from '#messaging';
import { requiredVersion } from '../http/etag.js';
import { idempotencyOf, idempotencyOfSignIn } from '../http/idempotency.js';
import { takesIfMatch, type Operation } from '../operations/operation.js';
import type { ValidInput } from './input.pipe.js';

/** https://www.w3.org/TR/trace-context/#traceparent-header */
const w3cTrace = /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$/;

/**
 * Makes what travels with a request besides its input, from the headers that have a meaning for the operation.
 * @throws Problem `request.invalid` or `precondition.failed` for a header that can't be right
 */
export function callOf(request: FastifyRequest, operation: Operation, input: ValidInput): Call {
  const { headers, caller } = request;
  const call: Call = {
    caller,
    requestId: request.id,
    deadlineMs: Date.now() + (operation.deadlineMs ?? defaultDeadlineMs),
  };
  const { traceparent } = headers;
  if (typeof traceparent === 'string' && w3cTrace.test(traceparent)) call.traceparent = traceparent;
  const { method } = operation;
  if (method === 'GET') return call;
  const ifMatch = takesIfMatch(operation) ? headers['if-match'] : undefined;
  const version = ifMatch === undefined ? undefined : requiredVersion(ifMatch);
  if (version !== undefined) call.ifMatch = version;
  const key = method === 'POST' ? headers['idempotency-key'] : undefined;
  if (key !== undefined) {
    const identity = {
      method,
      path: pathOf(request),
      inputJson: input.givenJson,
      body: input.fields['body'],
    };
    call.idempotency =
      operation.needsBrowser === true
        ? idempotencyOfSignIn(String(key), identity, askingTokenOf(input))
        : idempotencyOf(String(key), identity, caller);
  }
  return call;
}

function askingTokenOf({ fields }: ValidInput): string {
  return (fields['browser'] as Browser | undefined)?.askingToken ?? '';
}

/** Without the query, and without the trailing slash, which changes nothing. */
function pathOf(request: FastifyRequest): string {
  const [path = ''] = (request.raw.url ?? '').split('?', 1);
  return path.endsWith('/') ? path.slice(0, -1) : path;
}
