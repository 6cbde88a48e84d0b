import { Controller, type Type } from '@nestjs/common';
import { pings, type DatabaseServiceName } from '#contracts';
import { RequestHandler } from '#messaging';
import { UnitOfWork } from '#persistence';

/** The controller that answers one service's ping, after a look at its database. */
export function pingController(service: DatabaseServiceName): Type {
  @Controller()
  class PingController {
    constructor(private readonly unitOfWork: UnitOfWork) {}

    @RequestHandler(pings[service])
    async ping(): Promise<{ service: string }> {
      await this.unitOfWork.dataSource.query('SELECT 1');
      return { service };
    }
  }
  return PingController;
}
