import { Injectable } from '@nestjs/common';
import { notFound, type Caller } from '#contracts';
import type { Transaction, Reader } from '#persistence';
import { viewerOf } from './viewer.js';

/** What a stop depends on in its tour. */
export interface ParentTour {
  id: string;
  organizationId: string;
  overlappingStops: boolean;
  speakerTravelMinutes: number;
}

/** What stops read of the rows of tours; tours themselves stand above stops and change them. */
@Injectable()
export class ParentTourRepository {
  /**
   * Locks a tour of the caller's organization. Every change of a tour or of one of its stops begins here and so goes
   * one after the other: times, order and travel of the stops of a tour depend on each other.
   */
  async lock(manager: Transaction, caller: Caller, id: string): Promise<ParentTour> {
    const [tour] = (await manager.query(
      `SELECT id, organization_id AS "organizationId", overlapping_stops AS "overlappingStops",
              speaker_travel_minutes AS "speakerTravelMinutes"
         FROM tours WHERE id = $1 FOR UPDATE`,
      [id],
    )) as ParentTour[];
    if (tour === undefined || tour.organizationId !== caller.organizationId) throw notFound('tour');
    return tour;
  }

  /** @throws Problem `resource.not_found` for a tour that the caller does not see */
  async refuseUnseen(manager: Reader, caller: Caller, id: string): Promise<void> {
    const { all, organizationId, stopId } = viewerOf(caller);
    const seen = (await manager.query(
      `SELECT 1 FROM tours WHERE id = $1 AND ($2 OR organization_id = $3 OR EXISTS (
         SELECT 1 FROM stops WHERE tour_id = $1 AND (published OR id = $4)))`,
      [id, all, organizationId, stopId],
    )) as unknown[];
    if (seen.length === 0) throw notFound('tour');
  }

  async travelMinutesOf(manager: Reader, id: string): Promise<number> {
    const [tour] = (await manager.query('SELECT speaker_travel_minutes AS minutes FROM tours WHERE id = $1', [
      id,
    ])) as { minutes: number }[];
    return tour?.minutes ?? 0;
  }
}
