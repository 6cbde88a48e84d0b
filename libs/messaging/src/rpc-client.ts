import type { z } from 'zod';
import { Problem, serviceOf, systemCaller, type Call, type RequestContract } from '#contracts';
import {
  ClosedConnectionError,
  DrainingConnectionError,
  NoRespondersError,
  TimeoutError,
  type Msg,
} from '@nats-io/transport-node';
import { carryTrace, traced } from '#tracing';
import type { Broker } from './broker.js';
import { ReplyBox } from './reply-box.js';
import { askSpan } from './spans.js';
import {
  decode,
  encode,
  pack,
  problemFrom,
  problemHeader,
  replayedHeader,
  unpack,
  type Packed,
  type RequestMessage,
} from './wire.js';

/** The id of requests that nobody outside made: processes ask each other how they are, and what changed. */
export const internalRequestId = 'internal';
/** How long a request may take unless its caller says otherwise, in milliseconds. */
export const defaultDeadlineMs = 3_000;

export interface RawAnswer {
  /** The JSON bytes of the answer as the service wrote them. */
  body: Uint8Array;
  /** Whether an idempotency record gave the answer. */
  replayed: boolean;
}

/** Asks services by contract. Every refusal arrives as a `Problem`; a service that stays silent is `service.unavailable`. */
export class Rpc {
  private turn: Promise<void> | undefined;
  private readonly replies: ReplyBox;

  constructor(private readonly broker: Broker) {
    this.replies = new ReplyBox(broker);
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
  callRaw(contract: RequestContract, input: unknown, call: Call): Promise<RawAnswer> {
    return this.exchange(contract, input, call);
  }

  private readonly exchange = traced(askSpan, (contract, input, call) => this.passOn(contract, input, call));

  private async passOn(contract: RequestContract, input: unknown, call: Call): Promise<RawAnswer> {
    const timeout = call.deadlineMs - Date.now();
    if (timeout <= 0 || !this.broker.isConnected()) throw unavailable(contract);
    const message: RequestMessage = { call: carryTrace(call), input };
    await this.endOfTurn();
    const packed = pack(encode(message));
    const reply = await this.send(contract, packed instanceof Promise ? await packed : packed, timeout);
    const unpacked = unpack(reply);
    const body = unpacked instanceof Promise ? await unpacked : unpacked;
    const code = reply.headers?.get(problemHeader);
    if (code) throw problemFrom(code, decode(body));
    return { body, replayed: reply.headers?.has(replayedHeader) ?? false };
  }

  private send(contract: RequestContract, packed: Packed, timeoutMs: number): Promise<Msg> {
    const { maxPayloadBytes } = this.broker;
    if (packed.payload.length > maxPayloadBytes) throw tooLarge(maxPayloadBytes);
    return this.replies
      .ask(serviceOf(contract), contract.subject, packed, timeoutMs)
      .catch((error: unknown) => {
        throw isSilence(error) ? unavailable(contract) : error;
      });
  }

  /**
   * Requests of one turn of the event loop leave in one write to the broker's socket and not in one each, which took
   * the edge a third of its time in a rush. A lone request waits for nothing: its turn is over at once.
   */
  private endOfTurn(): Promise<void> {
    this.turn ??= new Promise((resolve) => {
      setImmediate(() => {
        this.turn = undefined;
        resolve();
      });
    });
    return this.turn;
  }
}

function isSilence(error: unknown): boolean {
  return (
    error instanceof TimeoutError ||
    error instanceof NoRespondersError ||
    error instanceof ClosedConnectionError ||
    error instanceof DrainingConnectionError
  );
}

function tooLarge(limitBytes: number): Problem {
  return new Problem(
    'request.too_large',
    `Even compressed, the request has more than the ${limitBytes} bytes that the message broker takes.`,
  );
}

function unavailable(contract: RequestContract): Problem {
  return new Problem(
    'service.unavailable',
    `The ${serviceOf(contract)} service did not answer in time. Try again; with an Idempotency-Key a repeat is harmless.`,
    { retryAfterSeconds: 1 },
  );
}
