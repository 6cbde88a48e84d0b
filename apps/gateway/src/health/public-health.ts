import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { StaticRoute } from '../http/static-route.js';
import { notStored, securityHeaders } from '../http/headers.js';
import { SystemReadiness } from './system-readiness.js';

/** The two health paths of the public port: alive at all, and ready as a whole. */
@Injectable()
export class PublicHealth {
  constructor(@Inject(SystemReadiness) private readonly system: SystemReadiness) {}

  pages(): StaticRoute[] {
    return [
      { path: '/health/live', handler: (_request, reply) => say(reply, 200, { status: 'ok' }) },
      { path: '/health/ready', handler: (_request, reply) => this.answerReady(reply) },
    ];
  }

  private async answerReady(reply: FastifyReply): Promise<FastifyReply> {
    const { ready, checks } = await this.system.read();
    return say(reply, ready ? 200 : 503, { status: ready ? 'ok' : 'unavailable', checks });
  }
}

function say(reply: FastifyReply, status: number, body: object): FastifyReply {
  return reply
    .code(status)
    .headers({ ...securityHeaders, ...notStored })
    .send(body);
}
