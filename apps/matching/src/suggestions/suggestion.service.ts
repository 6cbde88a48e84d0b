import { setImmediate as others } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import {
  callingCompany,
  refuseHiddenStop,
  type InputOf,
  type OutputOf,
  type StopState,
  type suggestPartners,
} from '#contracts';
import type { CallContext } from '#messaging';
import { Database } from '#persistence';
import { CompanyProjectionService } from '../companies/company-projection.service.js';
import { shownCompany } from '../companies/company-shown.js';
import { DelegationProjectionRepository } from '../delegations/delegation-projection.repository.js';
import { DelegationProjectionService } from '../delegations/delegation-projection.service.js';
import { InterestRepository } from '../interests/interest.repository.js';
import { ListingRepository } from '../listings/listing.repository.js';
import { MeetingRepository } from '../meetings/meeting.repository.js';
import { StopProjectionService } from '../stops/stop-projection.service.js';
import { suggestInSteps, type Suggestion, type SuggestionInput } from './suggest.js';
import { SuggestionInputRepository } from './suggestion-input.repository.js';
import type { MatchedListing } from '../listings/matched-listing.js';

type Lists = ReadonlyMap<string, readonly Suggestion[]>;

/** Stops whose lists are kept in memory at most. */
const maxKeptStops = 20;
/** The lists are made in slices of about this length, so that other requests are answered meanwhile. */
const sliceMs = 10;

/** Suggests partners. All lists of a stop are made together, and again once anything they depend on has changed. */
@Injectable()
export class SuggestionService {
  private readonly kept = new Map<string, { fingerprint: string; lists: Promise<Lists> }>();

  constructor(
    private readonly database: Database,
    private readonly inputs: SuggestionInputRepository,
    private readonly listings: ListingRepository,
    private readonly interests: InterestRepository,
    private readonly meetings: MeetingRepository,
    private readonly companies: CompanyProjectionService,
    private readonly attending: DelegationProjectionRepository,
    private readonly delegations: DelegationProjectionService,
    private readonly stops: StopProjectionService,
  ) {}

  async suggest(
    call: CallContext,
    { stopId, limit }: InputOf<typeof suggestPartners>,
  ): Promise<OutputOf<typeof suggestPartners>> {
    const companyId = callingCompany(call.caller);
    const stop = await this.stops.get(stopId);
    refuseHiddenStop(call.caller, stop);
    await this.delegations.refuseNotAttending(companyId, stopId);
    const lists = await this.listsOf(stop);
    const list = (lists.get(companyId) ?? []).slice(0, limit);
    const companies = await this.companies.findAll(list.map((one) => one.companyId));
    const items = list.map((one) => ({
      company: shownCompany(one.companyId, companies.get(one.companyId)),
      score: one.score,
      parts: one.parts.map((part) => ({ ...part, terms: [...part.terms] })),
      listings: one.listings.map(named),
      yourListings: one.yourListings.map(named),
    }));
    return { items, nextCursor: null };
  }

  private async listsOf(stop: StopState): Promise<Lists> {
    const now = new Date();
    const of = { stopId: stop.id, tourId: stop.tourId, organizationId: stop.organizationId, now };
    const fingerprint = await this.inputs.fingerprint(this.database, of);
    const known = this.kept.get(stop.id);
    if (known?.fingerprint === fingerprint) return known.lists;
    const lists = this.make(stop, now);
    this.keep(stop.id, { fingerprint, lists });
    return lists;
  }

  private keep(stopId: string, made: { fingerprint: string; lists: Promise<Lists> }): void {
    this.kept.delete(stopId);
    this.kept.set(stopId, made);
    // What failed is not kept, so that the next request tries again.
    made.lists.catch(() => {
      if (this.kept.get(stopId) === made) this.kept.delete(stopId);
    });
    for (const oldest of [...this.kept.keys()].slice(0, -maxKeptStops)) this.kept.delete(oldest);
  }

  private async make(stop: StopState, now: Date): Promise<Lists> {
    const steps = suggestInSteps(await this.read(stop, now));
    for (let sliceEnd = performance.now() + sliceMs; ;) {
      const step = steps.next();
      if (step.done === true) return step.value;
      if (performance.now() < sliceEnd) continue;
      await others();
      sliceEnd = performance.now() + sliceMs;
    }
  }

  private async read(stop: StopState, now: Date): Promise<SuggestionInput> {
    const [companyIds, listings, interests, carried, met] = await Promise.all([
      this.attending.findAttending(this.database, stop.id, stop.organizationId),
      this.listings.findPublished(this.database, stop.tourId, now),
      this.interests.findOfTour(this.database, stop.tourId),
      this.meetings.findEarlier(this.database, stop.tourId, stop.id, ['unplaced']),
      this.meetings.findEarlier(this.database, stop.tourId, stop.id, ['held']),
    ]);
    const hasMet = new Set(met.map(String));
    return {
      companyIds,
      listings,
      interests,
      carried: carried.filter((pair) => !hasMet.has(String(pair))),
      met,
    };
  }
}

function named({ id, side, title }: MatchedListing) {
  return { id, side, title };
}
