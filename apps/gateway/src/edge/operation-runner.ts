import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem, type Call, type RequestContract } from '#contracts';
import { Rpc, defaultDeadlineMs, type RawResponse } from '#messaging';
import { takesIfMatch, type Operation } from '../operations/operation.js';
import type { Fetched } from '../public-reads/answer-cache.js';
import { PublicReads } from '../public-reads/public-reads.js';
import { Admission } from './admission.js';
import { finishedAnswer, publicHeaders } from './finished-answer.js';
import { empty, prepare, sendAnswer, sendPrepared, type PreparedAnswer } from '../http/response.js';
import { CompanyContacts } from './company-contacts.js';
import { versionDemanded } from '../http/etag.js';
import { countOf } from '../http/metrics.interceptor.js';
import { idempotencyOf } from '../http/idempotency.js';
import { mergePages, type MergedPage } from './merged-list.js';
import { Neighbours } from './neighbours.js';
import { baseUrlOf, inputReader } from './read-input.js';
import { notStored } from '../http/headers.js';

type Fields = Record<string, string>;
type Handler = (request: FastifyRequest, reply: FastifyReply) => FastifyReply | Promise<FastifyReply>;

/** Requests that wait for services in this process at most; the next are refused at once. */
const maxUnderWay = 4_000;
/** https://www.w3.org/TR/trace-context/#traceparent-header */
const w3cTrace = /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$/;

/** Runs operations: reads the input, asks the service, finishes the answer. */
@Injectable()
export class OperationRunner {
  private underWay = 0;

  constructor(
    @Inject(Rpc) private readonly rpc: Rpc,
    @Inject(PublicReads) private readonly publicReads: PublicReads,
    @Inject(Neighbours) private readonly neighbours: Neighbours,
    @Inject(CompanyContacts) private readonly contacts: CompanyContacts,
    @Inject(Admission) private readonly admission: Admission,
  ) {}

  handlerOf(operation: Operation): Handler {
    const readInput = inputReader(operation);
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
    readInput: ReturnType<typeof inputReader>,
    request: FastifyRequest,
    reply: FastifyReply,
  ): FastifyReply | Promise<FastifyReply> {
    const path = request.raw.url ?? '';
    // An answer with addresses in it is another one under each of them.
    const url = operation.tellsBaseUrl ? `${baseUrlOf(request)}${path}` : path;
    const nowMs = Date.now();
    const kept = this.publicReads.find(url, nowMs);
    if (kept !== undefined && this.publicReads.findFresh(url, nowMs) !== undefined)
      return sendPrepared(request, reply, kept);
    const fetched = this.publicReads.fetch(url, async () => {
      const input = readInput(request);
      const raw = await this.ask(operation, input, callOf(request, operation));
      return toKeep(operation, input as Fields, raw);
    });
    if (kept === undefined) return fetched.then((answer) => sendPrepared(request, reply, answer));
    // Whoever asks when it has expired hears of the failure; until then the answer in memory is right.
    fetched.catch(() => undefined);
    return sendPrepared(request, reply, kept);
  }

  private async run(
    operation: Operation,
    readInput: ReturnType<typeof inputReader>,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const input = readInput(request);
    const call = callOf(request, operation, input);
    const raw = await this.ask(operation, input, call);
    await this.afterSuccess(operation, input as Fields, raw, call);
    if (raw.replayed) reply.header('idempotency-replayed', 'true');
    if (operation.status === 204) return sendAnswer(request, reply, empty);
    const shown = operation.showsContacts && call.caller.role === 'organizer';
    const body = shown ? await this.contacts.addTo(raw.body, call) : raw.body;
    return sendAnswer(request, reply, finishedAnswer(operation, body, notStored));
  }

  private async ask(operation: Operation, input: unknown, call: Call): Promise<RawResponse> {
    if (operation.answerHere !== undefined) {
      return { body: Buffer.from(JSON.stringify(operation.answerHere(call.caller))), replayed: false };
    }
    if (this.underWay >= maxUnderWay) throw tooBusy();
    this.underWay += 1;
    try {
      return await this.pass(operation, input, call);
    } finally {
      this.underWay -= 1;
    }
  }

  private pass(
    { id, contract, listsOf, gather }: Operation,
    input: unknown,
    call: Call,
  ): Promise<RawResponse> {
    if (contract !== undefined) return this.rpc.callRaw(contract, input, call);
    if (listsOf !== undefined) return this.merge(listsOf(input as never), input, call);
    if (gather !== undefined) return this.gather(gather, call);
    throw new Error(`Nobody answers ${id}.`);
  }

  private async gather(gather: NonNullable<Operation['gather']>, call: Call): Promise<RawResponse> {
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
    if (operation.endsKey) this.admission.endKey(input['id'] ?? '');
    if (operation.catchUp === undefined && operation.changes === undefined) return;
    const output = JSON.parse(Buffer.from(raw.body).toString('utf8')) as { id: string; version: number };
    if (operation.catchUp !== undefined) await this.neighbours.catchUp(operation.catchUp, output, call);
    if (operation.changes !== undefined) this.publicReads.drop(operation.changes(input, output));
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
  const version = ifMatch === undefined ? undefined : versionDemanded(ifMatch);
  if (version !== undefined) call.ifMatch = version;
  const key = operation.method === 'POST' ? request.headers['idempotency-key'] : undefined;
  if (key !== undefined) {
    const path = (request.raw.url ?? '').split('?')[0] ?? '';
    call.idempotency = idempotencyOf(String(key), operation.method, path, input ?? {}, request.caller);
  }
  return call;
}

function toKeep(operation: Operation, input: Fields, raw: RawResponse): Fetched<PreparedAnswer> {
  const nowMs = Date.now();
  const finished = finishedAnswer(operation, raw.body, publicHeaders);
  const { method, path } = operation;
  const answer = prepare(finished, path, countOf(method, path, finished.status));
  const output: unknown = JSON.parse(Buffer.from(raw.body).toString('utf8'));
  const { maxAgeMs = 0, topics, changesAtMs } = operation.publicRead ?? {};
  return {
    answer,
    topics: topics?.(input, output) ?? [],
    refreshAtMs: nowMs + maxAgeMs / 2,
    expiresAtMs: Math.min(nowMs + maxAgeMs, changesAtMs?.(output, nowMs) ?? Infinity),
    bytes: 2 * answer.body.length + 1_000,
  };
}

function tooBusy(): Problem {
  return new Problem('service.unavailable', 'Too many requests are under way. Try again in a moment.', {
    retryAfterSeconds: 1,
  });
}
