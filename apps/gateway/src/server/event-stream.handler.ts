import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem, type InputOf } from '#contracts';
import { headerList, notStored, securityHeaders } from '../http/headers.js';
import type { streamEvents } from '../operations/events.operations.js';
import type { Operation } from '../operations/operation.js';
import { InputPipe } from './input.pipe.js';
import { ProblemFilter } from './problem.filter.js';
import { EventStreams, type StreamRequest } from '../event-stream/event-streams.service.js';

const maxIdChars = 512;
const head = headerList({
  ...securityHeaders,
  ...notStored,
  'content-type': 'text/event-stream',
  // nginx would otherwise keep what is written until a buffer is full.
  'x-accel-buffering': 'no',
});

/** Answers the operation that streams events. */
@Injectable()
export class EventStreamHandler {
  constructor(
    private readonly streams: EventStreams,
    private readonly problems: ProblemFilter,
  ) {}

  handlerOf(operation: Operation): (request: FastifyRequest, reply: FastifyReply) => void {
    const pipe = new InputPipe(operation, '');
    return (request, reply) => {
      this.answer(pipe, request, reply).catch((error: unknown) => this.problems.catch(error, request, reply));
    };
  }

  private async answer(pipe: InputPipe, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { types, stopId, after } = pipe.transform(request).fields as InputOf<typeof streamEvents>;
    const id = lastEventId(request);
    const wanted: StreamRequest = { filter: { types, stopId }, after: id ?? after ?? null };
    const begin = () => {
      reply.hijack();
      reply.raw.writeHead(200, [...request.replyHeaders, ...head]);
      request.completed(200);
    };
    if (request.method === 'HEAD') {
      begin();
      reply.raw.end();
      return;
    }
    await this.streams.start(request, reply, wanted, begin).catch((error: unknown) => {
      throw id === undefined ? error : namingTheHeader(error);
    });
  }
}

/** What a reader had last; an empty one says nothing. @throws Problem `request.invalid` for one that is too long */
function lastEventId({ headers }: FastifyRequest): string | undefined {
  const id = headers['last-event-id'];
  if (typeof id !== 'string' || id.trim() === '') return undefined;
  if (id.length > maxIdChars) throw refusedId(`must have ${maxIdChars} characters at most`);
  return id.trim();
}

function namingTheHeader(error: unknown): unknown {
  if (!(error instanceof Problem) || error.code !== 'request.invalid') return error;
  return refusedId('must be the id of an earlier event of this stream');
}

function refusedId(message: string): Problem {
  const errors = [{ parameter: 'Last-Event-ID', message }];
  return new Problem('request.invalid', `"Last-Event-ID" ${message}.`, { errors });
}
