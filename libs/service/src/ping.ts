import { Controller, type Type } from '@nestjs/common';
import { pings, type DatabaseServiceName } from '#contracts';
import { RequestHandler } from '#messaging';
import { Database, readEventLagMs } from '#persistence';

/** The controller that answers one service's ping, after a look at its database. */
export function pingController(service: DatabaseServiceName): Type {
  @Controller()
  class PingController {
    constructor(private readonly database: Database) {}

    @RequestHandler(pings[service])
    async ping(): Promise<{ service: string; eventLagMs: number }> {
      return { service, eventLagMs: await readEventLagMs(this.database) };
    }
  }
  return PingController;
}
