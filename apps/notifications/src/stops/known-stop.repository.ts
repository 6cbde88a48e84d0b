import { Injectable } from '@nestjs/common';
import type { Reader, Transaction } from '#persistence';
import { In } from 'typeorm';
import { KnownStopEntity } from './known-stop.entity.js';
import type { KnownStop } from './known-stop.js';

/** The rows of this service's copy of the stops. */
@Injectable()
export class KnownStopRepository {
  find(manager: Reader, ids: readonly string[]): Promise<KnownStop[]> {
    return manager.findBy(KnownStopEntity, { stopId: In([...ids]) });
  }

  /** A stop keeps its tour and its organization for good, so a row that is there stays. */
  async insert(manager: Transaction, stops: readonly KnownStop[]): Promise<void> {
    const rows = stops.toSorted((one, other) => (one.stopId < other.stopId ? -1 : 1));
    await manager.query(
      `INSERT INTO stops (stop_id, organization_id, tour_id)
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) ON CONFLICT DO NOTHING`,
      [
        rows.map(({ stopId }) => stopId),
        rows.map(({ organizationId }) => organizationId),
        rows.map(({ tourId }) => tourId),
      ],
    );
  }
}
