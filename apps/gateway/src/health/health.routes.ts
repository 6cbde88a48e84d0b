import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { headerList, jsonType, notStored } from '../http/headers.js';
import { httpResponse, sendResponse } from '../http/response.js';
import type { StaticRoute } from '../http/static-route.js';
import { SystemReadiness } from './system-readiness.js';

const headers = headerList({ ...notStored, 'content-type': jsonType });

/** The two health paths of the public port: whether the gateway runs, and whether the whole system is ready. */
@Injectable()
export class HealthRoutes {
  constructor(private readonly system: SystemReadiness) {}

  routes(): StaticRoute[] {
    return [
      {
        path: '/health/live',
        handler: (request, reply) => sendJson(request, reply, 200, { status: 'ok' }),
      },
      { path: '/health/ready', handler: (request, reply) => this.sendReadiness(request, reply) },
    ];
  }

  private async sendReadiness(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { ready, checks } = await this.system.read();
    sendJson(request, reply, ready ? 200 : 503, { status: ready ? 'ok' : 'unavailable', checks });
  }
}

function sendJson(request: FastifyRequest, reply: FastifyReply, status: number, body: object): void {
  sendResponse(request, reply, httpResponse(status, Buffer.from(JSON.stringify(body)), headers));
}
