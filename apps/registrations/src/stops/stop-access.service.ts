import { Injectable } from '@nestjs/common';
import { notFound, isOrganizerOf, type Caller } from '#contracts';
import { Database } from '#persistence';
import { keepsDoorOf, mayPrepare } from './stop-access.js';
import type { StopEntity } from './stop.entity.js';
import { StopProjectionRepository } from './stop-projection.repository.js';
import { StopProjectionService } from './stop-projection.service.js';

/** Finds stops as far as a caller may see them. */
@Injectable()
export class StopAccess {
  constructor(
    private readonly database: Database,
    private readonly projection: StopProjectionService,
    private readonly stops: StopProjectionRepository,
  ) {}

  /** Everybody sees what was ever published; a draft its organizers, the door of that very stop, and admins. */
  async visible(stopId: string, caller: Caller): Promise<StopEntity> {
    await this.projection.require(stopId);
    const stop = await this.stops.find(this.database, stopId);
    if (stop === null || !(stop.everPublished || mayPrepare(caller, stop))) throw notFound('stop');
    return stop;
  }

  /** A stop of the organizer who calls. */
  async organized(stopId: string, caller: Caller): Promise<StopEntity> {
    const stop = await this.visible(stopId, caller);
    if (!isOrganizerOf(caller, stop)) throw notFound('stop');
    return stop;
  }

  /** The stop whose door the caller keeps. */
  async atDoor(stopId: string, caller: Caller): Promise<StopEntity> {
    const stop = await this.visible(stopId, caller);
    if (!keepsDoorOf(caller, stop)) throw notFound('stop');
    return stop;
  }
}
