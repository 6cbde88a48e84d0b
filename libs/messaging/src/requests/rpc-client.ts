import type { z } from 'zod';
import { Problem, serviceOf, systemCaller, type Call, type RequestContract } from '#contracts';
import {
  ClosedConnectionError,
  DrainingConnectionError,
  NoRespondersError,
  TimeoutError,
} from '@nats-io/transport-node';
import { carryTrace, traced } from '#tracing';
import type { RpcResponse } from './response-codec.js';
import type { Broker } from '../broker/broker.js';
import { RequestBatcher } from './request-batcher.js';
import { clientSpan } from '../spans.js';
import { decode, problemFrom } from '../codec.js';

/** The id of requests that nobody outside made: processes ask each other how they are, and what changed. */
export const internalRequestId = 'internal';
/** How long a request may take unless its caller says otherwise, in milliseconds. */
export const defaultDeadlineMs = 3_000;

/** An answer that is no refusal, its body as the service wrote it. */
export type RawResponse = Pick<RpcResponse, 'body' | 'replayed'>;

/** Asks services by contract. Every refusal arrives as a `Problem`; a service that stays silent is `service.unavailable`. */
export class Rpc {
  private readonly batcher: RequestBatcher;

  constructor(private readonly broker: Broker) {
    this.batcher = new RequestBatcher(broker);
  }

  /** Asks and reads the answer. */
  async call<Input extends z.ZodType, Output extends z.ZodType>(
    contract: RequestContract<Input, Output>,
    input: z.output<Input>,
    call: Call,
  ): Promise<z.output<Output>> {
    const answer = await this.callRaw(contract, input, call);
    return decode(answer.body) as z.output<Output>;
  }

  /**
   * Asks on the service's own behalf: for projections and other housekeeping.
   * @param requestId of the request for whose sake it is asked, so that it can be followed
   */
  ask<Input extends z.ZodType, Output extends z.ZodType>(
    contract: RequestContract<Input, Output>,
    input: z.output<Input>,
    deadlineInMs = defaultDeadlineMs,
    requestId = internalRequestId,
  ): Promise<z.output<Output>> {
    const call = { caller: systemCaller, requestId, deadlineMs: Date.now() + deadlineInMs };
    return this.call(contract, input, call);
  }

  /** Asks and leaves the answer as bytes: what only passes through needs no parsing. */
  callRaw(contract: RequestContract, input: unknown, call: Call): Promise<RawResponse> {
    return this.callJson(contract, JSON.stringify(input), call);
  }

  /** The same for an input that is JSON already. */
  callJson(contract: RequestContract, inputJson: string, call: Call): Promise<RawResponse> {
    return this.exchange(contract, inputJson, call);
  }

  private readonly exchange = traced(clientSpan, (contract, inputJson: string, call) =>
    this.send(contract, inputJson, call),
  );

  private async send(contract: RequestContract, inputJson: string, call: Call): Promise<RawResponse> {
    const timeoutMs = call.deadlineMs - Date.now();
    if (timeoutMs <= 0 || !this.broker.isConnected()) throw unavailable(contract);
    const message = `{"call":${JSON.stringify(carryTrace(call))},"input":${inputJson}}`;
    const { body, replayed, problem } = await this.batcher
      .send(contract, message, timeoutMs)
      .catch((error: unknown) => {
        throw isNoReply(error) ? unavailable(contract) : error;
      });
    if (problem !== undefined) throw problemFrom(problem, decode(body));
    return { body, replayed };
  }
}

function isNoReply(error: unknown): boolean {
  return (
    error instanceof TimeoutError ||
    error instanceof NoRespondersError ||
    error instanceof ClosedConnectionError ||
    error instanceof DrainingConnectionError
  );
}

function unavailable(contract: RequestContract): Problem {
  return new Problem(
    'service.unavailable',
    `The ${serviceOf(contract)} service did not answer in time. Try again; with an Idempotency-Key a repeat is harmless.`,
    { retryAfterSeconds: 1 },
  );
}
