import { Controller, type Type } from '@nestjs/common';
import { pings } from '#contracts';
import { Answers } from '#messaging';
import { Writes } from '#persistence';

/** The controller that answers one service's ping, after a look at its database. */
export function pingController(service: keyof typeof pings): Type {
  @Controller()
  class PingController {
    constructor(private readonly writes: Writes) {}

    @Answers(pings[service])
    async ping(): Promise<{ service: string }> {
      await this.writes.dataSource.query('SELECT 1');
      return { service };
    }
  }
  return PingController;
}
