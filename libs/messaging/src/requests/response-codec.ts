import { headers, type Msg, type MsgHdrs } from '@nats-io/transport-node';
import type { ProblemCode } from '#contracts';
import { compress, decompress, type EncodedPayload } from '../codec.js';

/** The answer to one request, its body as JSON bytes, so that the edge can pass it on unread. */
export interface RpcResponse {
  body: Uint8Array;
  /** Whether an idempotency record gave it. */
  replayed: boolean;
  /** The code of a refusal, whose body holds its detail and extra members. */
  problem: ProblemCode | undefined;
}

/** An answer to one of the requests of a message that held several. */
export interface IndexedResponse extends RpcResponse {
  /** The request's place in that message, from 0. */
  place: number;
}

const problemHeader = 'Waystop-Problem';
const replayedHeader = 'Waystop-Replayed';
/**
 * Says which answers follow each other in the payload, and how long each is: `0 512 -, 3 498 replayed, 7 80
 * registration.full`, without the spaces after commas.
 */
const answersHeader = 'Waystop-Answers';

/** The message that answers a message with one request. */
export function encodeResponse({
  body,
  replayed,
  problem,
}: RpcResponse): EncodedPayload | Promise<EncodedPayload> {
  if (problem !== undefined) return compress(body, headersWith(problemHeader, problem));
  return compress(body, replayed ? headersWith(replayedHeader, 'true') : undefined);
}

/** A message that answers some of the requests of one message. */
export function encodeResponses(
  answers: readonly IndexedResponse[],
): EncodedPayload | Promise<EncodedPayload> {
  const list = answers.map(
    ({ place, body, replayed, problem }) =>
      `${place} ${body.length} ${problem ?? (replayed ? 'replayed' : '-')}`,
  );
  return compress(Buffer.concat(answers.map(({ body }) => body)), headersWith(answersHeader, list.join(',')));
}

/** What a reply holds: one answer without a place, or several with theirs. */
export function decodeResponses(
  reply: Msg,
): RpcResponse | IndexedResponse[] | Promise<RpcResponse | IndexedResponse[]> {
  const payload = decompress(reply);
  return payload instanceof Promise
    ? payload.then((bytes) => splitResponses(reply.headers, bytes))
    : splitResponses(reply.headers, payload);
}

function splitResponses(marks: MsgHdrs | undefined, payload: Uint8Array): RpcResponse | IndexedResponse[] {
  const list = marks?.get(answersHeader) ?? '';
  if (list === '') {
    const problem = marks?.get(problemHeader) || undefined;
    return { body: payload, replayed: marks?.has(replayedHeader) ?? false, problem: problem as ProblemCode };
  }
  let end = 0;
  return list.split(',').map((line) => {
    const [place, length, word] = line.split(' ');
    const begin = end;
    end += Number(length);
    const plain = word === '-' || word === 'replayed';
    return {
      place: Number(place),
      body: payload.subarray(begin, end),
      replayed: word === 'replayed',
      problem: plain ? undefined : (word as ProblemCode),
    };
  });
}

function headersWith(name: string, value: string): MsgHdrs {
  const marks = headers();
  marks.set(name, value);
  return marks;
}

/** Gathered answers that are longer than this together leave before their turn is over. */
const maxBatchedBytes = 256 * 1024;

/**
 * Answers the requests of one message: those that are ready in one turn of the event loop leave together, since what was
 * decided together is ready together.
 */
export class ResponseBatcher {
  private ready: IndexedResponse[] = [];
  private bytes = 0;
  private turn: Promise<void> | undefined;

  constructor(private readonly message: Msg) {}

  /** Resolves when the answer has left. */
  add(answer: IndexedResponse): Promise<void> {
    this.ready.push(answer);
    this.bytes += answer.body.length;
    if (this.bytes > maxBatchedBytes) return this.flush();
    this.turn ??= new Promise((resolve, reject) => {
      setImmediate(() => {
        this.turn = undefined;
        this.flush().then(resolve, reject);
      });
    });
    return this.turn;
  }

  private async flush(): Promise<void> {
    const answers = this.ready;
    this.ready = [];
    this.bytes = 0;
    if (answers.length > 0) respond(this.message, await encodeResponses(answers));
  }
}

/** Sends a reply to a message. */
export function respond(message: Msg, { payload, headers: marks }: EncodedPayload): void {
  message.respond(payload, marks === undefined ? {} : { headers: marks });
}
