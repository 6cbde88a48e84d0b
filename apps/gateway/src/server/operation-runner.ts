import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem, type Call, type Caller, type RequestContract } from '#contracts';
import { Rpc, type RawResponse } from '#messaging';
import { CONFIG } from '#service';
import { Authenticator } from '../auth/authenticator.js';
import { SignInCookies } from '../auth/sign-in-cookies.js';
import { publicUrlOf, type GatewayConfig } from '../config.js';
import { noContent, sendResponse, type HttpResponse } from '../http/response.js';
import type { RouteMetrics } from '../http/route-metrics.js';
import type { Operation } from '../operations/operation.js';
import type { PublicRead } from '../public-reads/cached-response.js';
import { PublicReadCache } from '../public-reads/public-read-cache.js';
import { browserOf } from './browser.js';
import { callOf } from './call.js';
import { ReaderAddress } from '../rate-limit/reader-address.js';
import { ContactsInterceptor } from './contacts.interceptor.js';
import { InputPipe, type Fields, type ValidInput } from './input.pipe.js';
import { mergePages, type MergedPage } from './merge-pages.js';
import { operationResponse } from './operation-response.js';
import { ProblemFilter } from './problem.filter.js';
import { ProjectionSync } from './projection-sync.js';

type Handler = (request: FastifyRequest, reply: FastifyReply) => void;
type PathFields = Record<string, string>;

/** Requests that wait for services in this process at most; the next are refused at once. */
const maxInFlight = 4_000;

/** Runs operations: reads the input, asks the service, finishes the response. */
@Injectable()
export class OperationRunner {
  private inFlight = 0;
  private readonly baseUrl: string;

  constructor(
    private readonly rpc: Rpc,
    private readonly publicReads: PublicReadCache,
    private readonly projections: ProjectionSync,
    private readonly contacts: ContactsInterceptor,
    private readonly authenticator: Authenticator,
    private readonly cookies: SignInCookies,
    private readonly readers: ReaderAddress,
    private readonly problems: ProblemFilter,
    @Inject(CONFIG) config: GatewayConfig,
  ) {
    this.baseUrl = publicUrlOf(config);
  }

  handlerOf(operation: Operation, metrics: RouteMetrics): Handler {
    const pipe = new InputPipe(operation, this.baseUrl, (request) =>
      browserOf(request, this.readers.of(request), this.cookies),
    );
    const forCaller: Handler = (request, reply) =>
      this.send(this.run(operation, pipe, request), request, reply);
    if (operation.publicRead === undefined) return forCaller;
    return (request, reply) => {
      if (request.caller.role !== 'public') return forCaller(request, reply);
      const read = () => this.readPublic(operation, pipe, request);
      this.send(this.publicReads.get(operation, request.raw.url ?? '', metrics, read), request, reply);
    };
  }

  private send(
    response: HttpResponse | Promise<HttpResponse>,
    request: FastifyRequest,
    reply: FastifyReply,
  ): void {
    if (!(response instanceof Promise)) return sendResponse(request, reply, response);
    response
      .then((finished) => sendResponse(request, reply, finished))
      .catch((error: unknown) => this.problems.catch(error, request, reply));
  }

  private async readPublic(
    operation: Operation,
    pipe: InputPipe,
    request: FastifyRequest,
  ): Promise<PublicRead> {
    const input = pipe.transform(request);
    const { body } = await this.ask(operation, input, callOf(request, operation, input));
    return {
      response: await operationResponse(operation, body, 'public'),
      input: input.fields as PathFields,
      output: JSON.parse(Buffer.from(body).toString('utf8')) as unknown,
    };
  }

  private run(operation: Operation, pipe: InputPipe, request: FastifyRequest): Promise<HttpResponse> {
    return this.runAs(operation.variantFor?.(request.caller) ?? operation, pipe, request);
  }

  private async runAs(operation: Operation, pipe: InputPipe, request: FastifyRequest): Promise<HttpResponse> {
    const input = pipe.transform(request);
    const call = callOf(request, operation, input);
    const answer = await this.ask(operation, input, call);
    this.endCredentials(operation, input.fields as PathFields, call.caller);
    const consequences = await this.spread(operation, input.fields as PathFields, answer, call);
    if (answer.replayed) request.replyHeaders.push('idempotency-replayed', 'true');
    this.setCookies(operation, answer, request);
    if (operation.status === 204) return noContent;
    const isShown = operation.showsContacts && call.caller.role === 'organizer';
    const body = isShown ? await this.contacts.addTo(answer.body, call) : answer.body;
    return operationResponse(operation, withMembers(body, consequences), 'caller');
  }

  /** A key or sign-in that ended is refused here at once, and by the other replicas once they receive the event. */
  private endCredentials(operation: Operation, { id = '' }: PathFields, { signInId }: Caller): void {
    if (operation.revokesKey) this.authenticator.revokeKey(id);
    if (operation.endsSignIn) this.authenticator.endSignIn(id);
    if (operation.endsOwnSignIn && signInId !== undefined) this.authenticator.endSignIn(signInId);
  }

  private setCookies({ setsCookies }: Operation, { body }: RawResponse, request: FastifyRequest): void {
    if (setsCookies === undefined) return;
    const output = JSON.parse(Buffer.from(body).toString('utf8')) as never;
    for (const cookie of setsCookies(output, this.cookies)) request.replyHeaders.push('set-cookie', cookie);
  }

  private async ask(operation: Operation, input: ValidInput, call: Call): Promise<RawResponse> {
    if (operation.respond !== undefined) return answerOf(operation.respond(call.caller));
    if (this.inFlight >= maxInFlight) throw tooManyInFlight();
    this.inFlight += 1;
    try {
      return await this.forward(operation, input, call);
    } finally {
      this.inFlight -= 1;
    }
  }

  private forward(operation: Operation, { json, fields }: ValidInput, call: Call): Promise<RawResponse> {
    const { id, contract, merges, compose } = operation;
    if (contract !== undefined) return this.rpc.callJson(contract, json, call);
    if (merges !== undefined) return this.merge(merges(fields as never), fields, call);
    if (compose !== undefined)
      return compose((asked, input) => this.rpc.call(asked, input, call)).then(answerOf);
    throw new Error(`Nothing answers ${id}.`);
  }

  private async merge(
    contracts: readonly RequestContract[],
    input: Fields,
    call: Call,
  ): Promise<RawResponse> {
    const pages = await Promise.all(contracts.map((contract) => this.rpc.call(contract, input, call)));
    return answerOf(
      mergePages(pages as MergedPage[], input['limit'] as number, input['sort'] === '-createdAt'),
    );
  }

  /**
   * Makes a change visible everywhere before its response leaves: a reader of the response then finds it.
   * @returns members that other services add to the answer
   */
  private async spread(
    operation: Operation,
    input: PathFields,
    answer: RawResponse,
    call: Call,
  ): Promise<object> {
    const { catchUp, invalidates } = operation;
    if (catchUp === undefined && invalidates === undefined) return {};
    const output = JSON.parse(Buffer.from(answer.body).toString('utf8')) as { id: string; version: number };
    const consequences = catchUp === undefined ? {} : await this.projections.catchUp(catchUp, output, call);
    if (invalidates !== undefined) this.publicReads.invalidate(invalidates(input, output));
    return consequences;
  }
}

/** Adds members to a JSON object, before `version`, which stands last. */
function withMembers(body: Uint8Array, members: object): Uint8Array {
  if (Object.keys(members).length === 0) return body;
  const { version, ...rest } = JSON.parse(Buffer.from(body).toString('utf8')) as { version: number };
  return Buffer.from(JSON.stringify({ ...rest, ...members, version }));
}

function answerOf(value: unknown): RawResponse {
  return { body: Buffer.from(JSON.stringify(value)), replayed: false };
}

function tooManyInFlight(): Problem {
  return new Problem('service.unavailable', 'Too many requests are in flight. Try again in a moment.', {
    retryAfterSeconds: 1,
  });
}
