import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem, problems } from '#contracts';
import { headerList, notStored } from './headers.js';
import { httpResponse, sendResponse, type HttpResponse } from './response.js';

export const problemType = 'application/problem+json; charset=utf-8';

const common = headerList({ ...notStored, 'content-type': problemType });

/** Names a problem's kind; relative, since an installation has its own host (RFC 9457, 3.1.1). */
const problemUri = (code: string): string => `/docs/problems#${code}`;

/** The members of a problem response. */
export function problemBody(problem: Problem, requestId: string): Record<string, unknown> {
  const { status, title } = problems[problem.code];
  const { errors, conflicts, results } = problem.extra;
  return {
    type: problemUri(problem.code),
    title,
    status,
    detail: problem.detail,
    code: problem.code,
    ...(errors === undefined ? {} : { errors }),
    ...(conflicts === undefined ? {} : { conflicts }),
    ...(results === undefined ? {} : { results }),
    requestId,
  };
}

/** Headers that belong to a code: what the caller can do about it. */
function headersOf({ code, extra }: Problem): string[] {
  // RFC 9110, 11.6.1: every 401 has one.
  if (problems[code].status === 401) return ['www-authenticate', 'Bearer'];
  if (extra.retryAfterSeconds !== undefined) return ['retry-after', String(extra.retryAfterSeconds)];
  return code === 'service.unavailable' || code === 'rate.limited' ? ['retry-after', '1'] : [];
}

export function problemResponse(problem: Problem, requestId: string): HttpResponse {
  const body = Buffer.from(JSON.stringify(problemBody(problem, requestId)));
  return httpResponse(problems[problem.code].status, body, [...common, ...headersOf(problem)]);
}

export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem): void {
  sendResponse(request, reply, problemResponse(problem, request.id));
}

/** Translates an error for the caller: our own problems as they are, the framework's by their code, all else a bug. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const { code, statusCode } = error as { code?: string; statusCode?: number };
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new Problem('request.too_large', 'The body may have 1 MiB at most, an imported schedule 8 MiB.');
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return notJson();
    default:
      break;
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new Problem('request.malformed', 'The request could not be read.');
  }
  return new Problem('internal.error', 'Unexpected error. Report the requestId to the operator.');
}

export function notJson(): Problem {
  return new Problem(
    'request.unsupported_media_type',
    'Send the body as application/json, in UTF-8, not compressed.',
  );
}
