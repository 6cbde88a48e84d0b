import { Injectable } from '@nestjs/common';
import {
  Problem,
  followUpChanged,
  formatInstant,
  invalidField,
  notFound,
  callingCompany,
  isOrganizerOf,
  type Caller,
  type FollowUp,
  type InputOf,
  type OutputOf,
  type createFollowUp,
  type exportFollowUps,
  type listFollowUps,
} from '#contracts';
import type { CallContext } from '#messaging';
import {
  Database,
  UnitOfWork,
  cutPage,
  decodeIdCursor,
  newId,
  refuseStaleVersion,
  type TransactionContext,
} from '#persistence';
import { CompanyProjectionService } from '../companies/company-projection.service.js';
import { MeetingProjectionService } from '../meetings/meeting-projection.service.js';
import { StopProjectionService } from '../stops/stop-projection.service.js';
import {
  auditedOf,
  organizerParty,
  shownFollowUp,
  stateOf,
  withConfirmed,
  withStep,
  type FollowUpRecord,
  type Party,
  type StepDraft,
} from './follow-up.js';
import { FollowUpRepository } from './follow-up.repository.js';

type Draft = InputOf<typeof createFollowUp>['body'];

/** What pairs of companies report of what they do together. */
@Injectable()
export class FollowUpService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly followUps: FollowUpRepository,
    private readonly meetings: MeetingProjectionService,
    private readonly companies: CompanyProjectionService,
    private readonly stops: StopProjectionService,
  ) {}

  async create(call: CallContext, draft: Draft): Promise<FollowUp> {
    const followUp = await this.opened(call.caller, draft);
    return this.unitOfWork.run(
      call,
      async (tx) => {
        await this.followUps.insert(tx.manager, followUp);
        record(tx, 'create', null, followUp);
        return shownFollowUp(followUp);
      },
      ({ id }) => id,
    );
  }

  async get(caller: Caller, id: string): Promise<FollowUp> {
    return shownFollowUp((await this.findFor(caller, id)).followUp);
  }

  async list(caller: Caller, query: InputOf<typeof listFollowUps>): Promise<OutputOf<typeof listFollowUps>> {
    const isOrganizer = caller.role === 'organizer';
    const rows = await this.followUps.list(this.database, {
      organizationId: isOrganizer ? (caller.organizationId ?? null) : null,
      companyId: isOrganizer ? null : callingCompany(caller),
      stopId: query.stopId ?? null,
      carriedTo: query.carriedTo ?? null,
      stages: query.stage ?? null,
      after: decodeIdCursor(query.cursor),
      take: query.limit + 1,
    });
    const { items, nextCursor } = cutPage(rows, query.limit, ({ id }) => [id]);
    return { items: items.map(shownFollowUp), nextCursor };
  }

  export(caller: Caller, query: InputOf<typeof exportFollowUps>): Promise<OutputOf<typeof exportFollowUps>> {
    return this.list({ ...caller, role: 'company' }, query);
  }

  addStep(call: CallContext, id: string, draft: StepDraft): Promise<FollowUp> {
    return this.change(call, id, 'step', (followUp, by, now) => {
      const after = withStep(followUp, draft, by, now);
      return [after, after.steps.length];
    });
  }

  confirm(call: CallContext, id: string, n: number): Promise<FollowUp> {
    return this.change(call, id, 'confirm', (followUp, by, now) => [withConfirmed(followUp, n, by, now), n]);
  }

  private async change(
    call: CallContext,
    id: string,
    action: string,
    decide: (followUp: FollowUpRecord, by: Party, now: Date) => [FollowUpRecord, number],
  ): Promise<FollowUp> {
    const { by } = await this.findFor(call.caller, id);
    return this.unitOfWork.run(call, async (tx) => {
      const before = await this.followUps.lock(tx.manager, id);
      refuseStaleVersion(call, before.version);
      const [decided, n] = decide(before, by, new Date());
      const after = { ...decided, version: before.version + 1 };
      const step = after.steps.find((one) => one.n === n);
      if (step !== undefined) await this.followUps.save(tx.manager, after, step);
      record(tx, action, before, after);
      return shownFollowUp(after);
    });
  }

  private async findFor(caller: Caller, id: string): Promise<{ followUp: FollowUpRecord; by: Party }> {
    const followUp = await this.followUps.find(this.database, id);
    if (followUp === null) throw notFound('follow-up');
    if (isOrganizerOf(caller, followUp)) return { followUp, by: organizerParty };
    const { companyId } = caller;
    if (caller.role !== 'company' || companyId === undefined || !followUp.companies.includes(companyId))
      throw notFound('follow-up');
    return { followUp, by: companyId };
  }

  private async opened(caller: Caller, draft: Draft): Promise<FollowUpRecord> {
    const stop = await this.stops.get(draft.stopId);
    const meetingId = 'meetingId' in draft ? draft.meetingId : null;
    const companies = 'meetingId' in draft ? await this.companiesOf(caller, draft) : draft.companies;
    const isParty = caller.companyId !== undefined && companies.includes(caller.companyId);
    if (!isOrganizerOf(caller, stop) && !(isParty && stop.published)) throw notFound('stop');
    if (stop.status === 'cancelled') throw new Problem('stop.cancelled', 'The stop was cancelled.');
    await this.companies.refuseUnknown(companies);
    const { tourId, organizationId } = stop;
    return {
      id: newId(),
      stopId: stop.id,
      tourId,
      organizationId,
      meetingId,
      companies: [...companies],
      subject: draft.subject,
      stage: 'open',
      steps: [],
      createdAt: formatInstant(new Date()),
      version: 1,
    };
  }

  private async companiesOf(caller: Caller, { meetingId, stopId }: { meetingId: string; stopId: string }) {
    const { meeting } = await this.meetings.getFor(caller, meetingId);
    if (meeting.stopId !== stopId) throw invalidField('/stopId', 'must be the stop of the meeting');
    return [meeting.askerId, meeting.askedId];
  }
}

function record(
  tx: TransactionContext,
  action: string,
  before: FollowUpRecord | null,
  after: FollowUpRecord,
): void {
  tx.emit(followUpChanged, after.id, stateOf(after));
  tx.audit({
    resourceType: 'follow-up',
    resourceId: after.id,
    action: `follow-up.${action}`,
    organizationId: after.organizationId,
    before: before && auditedOf(before),
    after: auditedOf(after),
  });
}
