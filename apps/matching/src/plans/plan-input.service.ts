import { Injectable } from '@nestjs/common';
import { Database, type Reader } from '#persistence';
import { InterestRepository } from '../interests/interest.repository.js';
import { ComersService } from '../meetings/comers.service.js';
import { settled, type MeetingRecord } from '../meetings/meeting.js';
import { MeetingRepository } from '../meetings/meeting.repository.js';
import { MeetingRulesRepository } from '../meeting-rules/meeting-rules.repository.js';
import { StopProjectionService } from '../stops/stop-projection.service.js';
import { BulkPlaceRepository } from './bulk-place.repository.js';
import type { PlanRecord } from './plan.js';
import type { PlanInput } from './plan-problem.js';

/** Reads what a plan is made from, as it is at this moment. */
@Injectable()
export class PlanInputService {
  constructor(
    private readonly database: Database,
    private readonly stops: StopProjectionService,
    private readonly rules: MeetingRulesRepository,
    private readonly meetings: MeetingRepository,
    private readonly places: BulkPlaceRepository,
    private readonly interests: InterestRepository,
    private readonly comers: ComersService,
  ) {}

  /** The meetings of a stop that want a place; once it has ended there is none. */
  async findWanting(
    manager: Reader,
    stop: { readonly id: string; readonly endsAt: string },
  ): Promise<MeetingRecord[]> {
    const now = new Date();
    if (Date.parse(stop.endsAt) <= now.getTime()) return [];
    const live = await this.meetings.findOfStop(manager, stop.id, ['accepted', 'scheduled']);
    return live.filter((meeting) => settled(meeting, stop.endsAt, now).status === meeting.status);
  }

  async load({ stopId, locked }: PlanRecord): Promise<PlanInput> {
    const stop = await this.stops.get(stopId);
    const [rules, meetings, over, booked, interests] = await Promise.all([
      this.rules.find(this.database, stopId),
      this.findWanting(this.database, stop),
      this.meetings.findOfStop(this.database, stopId, ['held', 'missed']),
      this.places.findBooked(this.database, stopId),
      this.interests.findOfTour(this.database, stop.tourId),
    ]);
    return {
      timeZone: stop.timeZone,
      slots: rules?.slotList ?? [],
      tables: rules?.tables ?? 1,
      meetings,
      taken: countByCompany(over),
      comers: await this.comers.find(stopId, companiesOf(meetings)),
      booked,
      interests,
      locked: new Set(locked),
      now: new Date(),
    };
  }
}

export function companiesOf(meetings: readonly MeetingRecord[]): string[] {
  return meetings.flatMap(({ askerId, askedId }) => [askerId, askedId]);
}

function countByCompany(meetings: readonly MeetingRecord[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const id of companiesOf(meetings)) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}
