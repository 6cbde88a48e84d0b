import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem, type Call, type RequestContract } from '#contracts';
import { Rpc, defaultDeadlineMs, type RawResponse } from '#messaging';
import { takesIfMatch, type Operation } from '../operations/operation.js';
import type { CacheEntry } from '../public-reads/response-cache.js';
import { PublicReadCache } from '../public-reads/public-read-cache.js';
import { RequestGuard } from './request.guard.js';
import { operationResponse, publicHeaders } from './operation-response.js';
import {
  noContent,
  cachedResponse,
  sendResponse,
  sendCachedResponse,
  type CachedResponse,
} from '../http/response.js';
import { ContactsInterceptor } from './contacts.interceptor.js';
import { requiredVersion } from '../http/etag.js';
import { requestRecorder } from '../http/metrics.interceptor.js';
import { idempotencyOf } from '../http/idempotency.js';
import { mergePages, type MergedPage } from './merge-pages.js';
import { ProjectionSync } from './projection-sync.js';
import { baseUrlOf, inputPipe } from './input.pipe.js';
import { notStored } from '../http/headers.js';

type Fields = Record<string, string>;
type Handler = (request: FastifyRequest, reply: FastifyReply) => FastifyReply | Promise<FastifyReply>;

/** Requests that wait for services in this process at most; the next are refused at once. */
const maxInFlight = 4_000;
/** https://www.w3.org/TR/trace-context/#traceparent-header */
const w3cTrace = /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$/;

/** Runs operations: reads the input, asks the service, finishes the answer. */
@Injectable()
export class OperationRunner {
  private inFlight = 0;

  constructor(
    @Inject(Rpc) private readonly rpc: Rpc,
    @Inject(PublicReadCache) private readonly publicReads: PublicReadCache,
    @Inject(ProjectionSync) private readonly projections: ProjectionSync,
    @Inject(ContactsInterceptor) private readonly contacts: ContactsInterceptor,
    @Inject(RequestGuard) private readonly guard: RequestGuard,
  ) {}

  handlerOf(operation: Operation): Handler {
    const readInput = inputPipe(operation);
    const run = (request: FastifyRequest, reply: FastifyReply) =>
      this.run(operation, readInput, request, reply);
    if (operation.publicRead === undefined) return run;
    return (request, reply) =>
      request.caller.role === 'public'
        ? this.runPublic(operation, readInput, request, reply)
        : run(request, reply);
  }

  /** From memory where it is there, before anything that costs. */
  private runPublic(
    operation: Operation,
    readInput: ReturnType<typeof inputPipe>,
    request: FastifyRequest,
    reply: FastifyReply,
  ): FastifyReply | Promise<FastifyReply> {
    const path = request.raw.url ?? '';
    // An answer with addresses in it is another one under each of them.
    const url = operation.tellsBaseUrl ? `${baseUrlOf(request)}${path}` : path;
    const nowMs = Date.now();
    const kept = this.publicReads.find(url, nowMs);
    if (kept !== undefined && this.publicReads.findFresh(url, nowMs) !== undefined)
      return sendCachedResponse(request, reply, kept);
    const fetched = this.publicReads.fetch(url, async () => {
      const input = readInput(request);
      const raw = await this.ask(operation, input, callOf(request, operation));
      return toCacheEntry(operation, input as Fields, raw);
    });
    if (kept === undefined) return fetched.then((answer) => sendCachedResponse(request, reply, answer));
    // Whoever asks when it has expired hears of the failure; until then the answer in memory is right.
    fetched.catch(() => undefined);
    return sendCachedResponse(request, reply, kept);
  }

  private async run(
    operation: Operation,
    readInput: ReturnType<typeof inputPipe>,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const input = readInput(request);
    const call = callOf(request, operation, input);
    const raw = await this.ask(operation, input, call);
    await this.afterSuccess(operation, input as Fields, raw, call);
    if (raw.replayed) reply.header('idempotency-replayed', 'true');
    if (operation.status === 204) return sendResponse(request, reply, noContent);
    const shown = operation.showsContacts && call.caller.role === 'organizer';
    const body = shown ? await this.contacts.addTo(raw.body, call) : raw.body;
    return sendResponse(request, reply, operationResponse(operation, body, notStored));
  }

  private async ask(operation: Operation, input: unknown, call: Call): Promise<RawResponse> {
    if (operation.respond !== undefined) {
      return { body: Buffer.from(JSON.stringify(operation.respond(call.caller))), replayed: false };
    }
    if (this.inFlight >= maxInFlight) throw tooManyInFlight();
    this.inFlight += 1;
    try {
      return await this.pass(operation, input, call);
    } finally {
      this.inFlight -= 1;
    }
  }

  private pass(
    { id, contract, merges, compose }: Operation,
    input: unknown,
    call: Call,
  ): Promise<RawResponse> {
    if (contract !== undefined) return this.rpc.callRaw(contract, input, call);
    if (merges !== undefined) return this.merge(merges(input as never), input, call);
    if (compose !== undefined) return this.gather(compose, call);
    throw new Error(`Nobody answers ${id}.`);
  }

  private async gather(gather: NonNullable<Operation['compose']>, call: Call): Promise<RawResponse> {
    const answer = await gather((contract, input) => this.rpc.call(contract, input, call));
    return { body: Buffer.from(JSON.stringify(answer)), replayed: false };
  }

  private async merge(
    contracts: readonly RequestContract[],
    input: unknown,
    call: Call,
  ): Promise<RawResponse> {
    const pages = await Promise.all(contracts.map((contract) => this.rpc.call(contract, input, call)));
    const page = mergePages(pages as MergedPage[], (input as { limit: number }).limit);
    return { body: Buffer.from(JSON.stringify(page)), replayed: false };
  }

  /** Whoever reads this answer and then looks finds the change everywhere. */
  private async afterSuccess(
    operation: Operation,
    input: Fields,
    raw: RawResponse,
    call: Call,
  ): Promise<void> {
    if (operation.revokesKey) this.guard.revokeKey(input['id'] ?? '');
    if (operation.catchUp === undefined && operation.invalidates === undefined) return;
    const output = JSON.parse(Buffer.from(raw.body).toString('utf8')) as { id: string; version: number };
    if (operation.catchUp !== undefined) await this.projections.catchUp(operation.catchUp, output, call);
    if (operation.invalidates !== undefined)
      this.publicReads.invalidate(operation.invalidates(input, output));
  }
}

function callOf(request: FastifyRequest, operation?: Operation, input?: Record<string, unknown>): Call {
  const call: Call = {
    caller: request.caller,
    requestId: request.id,
    deadlineMs: Date.now() + (operation?.deadlineMs ?? defaultDeadlineMs),
  };
  const { traceparent } = request.headers;
  if (typeof traceparent === 'string' && w3cTrace.test(traceparent)) call.traceparent = traceparent;
  if (operation === undefined || operation.method === 'GET') return call;
  const ifMatch = takesIfMatch(operation) ? request.headers['if-match'] : undefined;
  const version = ifMatch === undefined ? undefined : requiredVersion(ifMatch);
  if (version !== undefined) call.ifMatch = version;
  const key = operation.method === 'POST' ? request.headers['idempotency-key'] : undefined;
  if (key !== undefined) {
    const path = (request.raw.url ?? '').split('?')[0] ?? '';
    call.idempotency = idempotencyOf(String(key), operation.method, path, input ?? {}, request.caller);
  }
  return call;
}

function toCacheEntry(operation: Operation, input: Fields, raw: RawResponse): CacheEntry<CachedResponse> {
  const nowMs = Date.now();
  const finished = operationResponse(operation, raw.body, publicHeaders);
  const { method, path } = operation;
  const response = cachedResponse(finished, path, requestRecorder(method, path, finished.status));
  const output: unknown = JSON.parse(Buffer.from(raw.body).toString('utf8'));
  const { maxAgeMs = 0, cacheTags, changesAtMs } = operation.publicRead ?? {};
  return {
    response,
    cacheTags: cacheTags?.(input, output) ?? [],
    refreshAtMs: nowMs + maxAgeMs / 2,
    expiresAtMs: Math.min(nowMs + maxAgeMs, changesAtMs?.(output, nowMs) ?? Infinity),
    bytes: 2 * response.body.length + 1_000,
  };
}

function tooManyInFlight(): Problem {
  return new Problem('service.unavailable', 'Too many requests are under way. Try again in a moment.', {
    retryAfterSeconds: 1,
  });
}
