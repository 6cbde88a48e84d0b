import { Injectable } from '@nestjs/common';
import {
  Problem,
  addRooms,
  formatInstant,
  refuseOthersThanOrganizer,
  type Call,
  type InputOf,
  type Room,
  type ScheduleImport,
  type StopState,
  type importSchedule as importContract,
} from '#contracts';
import { Rpc, type CallContext } from '#messaging';
import {
  UnitOfWork,
  findReplays,
  newId,
  Database,
  type Reader,
  type Transaction,
  type TransactionContext,
} from '#persistence';
import { ConflictService, transientConflict } from '../sessions/conflict.service.js';
import { refuseClosedProgramme } from '../sessions/session-access.js';
import { SessionJournal } from '../sessions/session-journal.service.js';
import { SessionRepository } from '../sessions/session.repository.js';
import { StopChangeService } from '../stop-changes/stop-change.service.js';
import { StopProjectionRepository } from '../stops/stop-projection.repository.js';
import { StopProjectionService } from '../stops/stop-projection.service.js';
import { importDrafts } from './import-drafts.js';
import { importReport, leftOut, wholeRefused } from './import-report.js';
import { kept, keysOf, planImport, withOutlook, type Decision } from './import-plan.js';
import { missingRooms, roomsInUse } from './import-rooms.js';
import { ImportedScheduleRepository } from './imported-schedule.repository.js';
import { ImportRepository, type Written } from './import.repository.js';
import { importSchedule, type ImportedSchedule } from './import-schedule.js';

type ImportRequest = InputOf<typeof importContract>;

/**
 * Takes a whole schedule. First the rooms it needs are made, by the service that owns them, then all entries are
 * decided and written in one transaction.
 */
@Injectable()
export class ImportService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly rpc: Rpc,
    private readonly knownStops: StopProjectionService,
    private readonly stops: StopProjectionRepository,
    private readonly stopChanges: StopChangeService,
    private readonly sessions: SessionRepository,
    private readonly journal: SessionJournal,
    private readonly conflicts: ConflictService,
    private readonly imports: ImportRepository,
    private readonly schedules: ImportedScheduleRepository,
  ) {}

  async import(call: CallContext, request: ImportRequest): Promise<ScheduleImport> {
    const { state: seen } = await this.knownStops.get(request.stopId);
    refuseOthersThanOrganizer(call.caller, seen, 'stop');
    const schedule = scheduleOf(request, seen);
    if (request.existing === 'compare') return this.compare(request, schedule, seen);
    const rooms = (await this.isReplay(call)) ? [] : await this.makeRooms(call, request, schedule, seen);
    return this.unitOfWork.run(call, async (tx) => {
      const { state: stop } = await this.stops.lock(tx.manager, request.stopId, 'pessimistic_write');
      refuseClosedProgramme(stop, new Date());
      await this.sessions.lockPlaces(tx.manager, stop.organizationId);
      // The stop may have moved since: what is aligned to it then has other times.
      const hasMoved = stop.startsAt !== seen.startsAt || stop.timeZone !== seen.timeZone;
      const present = hasMoved ? scheduleOf(request, stop) : schedule;
      const plan = await this.plan(tx.manager, request, present, stop);
      if (request.atomic && plan.some(isRefused)) throw wholeRefused(plan);
      const decisions = await this.carryOut(tx, request, plan, stop);
      if (request.atomic && decisions.some(isRefused)) throw wholeRefused(decisions);
      await this.keepDetails(tx.manager, request, present);
      return importReport(stop, decisions, rooms, leftOut(present, stop));
    });
  }

  /** As with entries, what is there stays unless the request says that it takes over what changed. */
  private async keepDetails(
    manager: Transaction,
    { stopId, existing }: ImportRequest,
    { details }: ImportedSchedule,
  ): Promise<void> {
    if (existing === 'update') await this.schedules.add(manager, stopId, details);
    else await this.schedules.addFirst(manager, stopId, details);
  }

  /**
   * Changes nothing, so it may be asked of a stop that is over, too. It also tells what could not have its place if the
   * file were imported, with the rooms that this would make.
   */
  private async compare(
    request: ImportRequest,
    schedule: ImportedSchedule,
    stop: StopState,
  ): Promise<ScheduleImport> {
    const rooms = [...stop.rooms, ...missingRooms(schedule, stop, newId)];
    const asImport = { ...request, existing: 'update', atomic: false, refused: 'keep' } as const;
    const compared = await this.plan(this.database, request, schedule, stop);
    const imported = await this.plan(this.database, asImport, schedule, { ...stop, rooms });
    return importReport(stop, withOutlook(compared, imported), [], leftOut(schedule, stop));
  }

  /** A repeated request gets its first answer, and must not make rooms that have been removed since. */
  private async isReplay(call: Call): Promise<boolean> {
    const [replay] = await findReplays(this.database, [call]);
    return replay !== undefined;
  }

  /**
   * Makes the rooms in which something will take place, and catches up on them. The entries are decided for that as
   * if the rooms were there, so a file that is refused as a whole leaves no rooms behind.
   */
  private async makeRooms(
    call: Call,
    request: ImportRequest,
    schedule: ImportedSchedule,
    stop: StopState,
  ): Promise<Room[]> {
    refuseClosedProgramme(stop, new Date());
    const missing = missingRooms(schedule, stop, newId);
    if (missing.length === 0) return [];
    const plan = await this.plan(this.database, request, schedule, {
      ...stop,
      rooms: [...stop.rooms, ...missing],
    });
    if (request.atomic && plan.some(isRefused)) throw wholeRefused(plan);
    const rooms = roomsInUse(missing, plan).map(({ name, seats }) => ({ name, seats }));
    if (rooms.length === 0) return [];
    const { idempotency: _idempotency, ifMatch: _ifMatch, ...own } = call;
    const { stop: changed } = await this.rpc.call(addRooms, { id: stop.id, rooms }, own);
    await this.stopChanges.catchUp(stop.id, changed.version);
    const before = new Set(stop.rooms.map((room) => room.id));
    return changed.rooms.filter((room) => !before.has(room.id));
  }

  private async plan(
    reader: Reader,
    request: ImportRequest,
    { entries }: ImportedSchedule,
    stop: StopState,
  ): Promise<Decision[]> {
    const known = await this.imports.findKnown(reader, entries, stop.id);
    const make = { id: newId, now: formatInstant(new Date()) };
    const drafts = importDrafts(entries, stop, known, request.existing, make);
    const taken = await this.imports.findTaken(reader, keysOf(drafts), stop);
    return planImport(drafts, stop, taken, keepsUnplaced(request));
  }

  private async carryOut(
    tx: TransactionContext,
    request: ImportRequest,
    plan: readonly Decision[],
    stop: StopState,
  ): Promise<Decision[]> {
    const changed = plan.flatMap((one) => ('known' in one && one.known !== null ? [one.session.id] : []));
    await this.imports.clearPlaces(tx.manager, changed);
    const placed = plan.flatMap((one) =>
      one.kind === 'create' || one.kind === 'update' ? [{ ...written(one), after: one.session }] : [],
    );
    const refused = await this.conflicts.writeInOrder(tx.manager, placed, stop, (savepoint, some) =>
      this.imports.write(savepoint, some, stop),
    );
    const problems = new Map(refused.map(({ candidate, problem }) => [candidate.entry, problem]));
    const decisions = plan.map((one): Decision => {
      const problem = one.kind === 'create' || one.kind === 'update' ? problems.get(one.entry) : undefined;
      if (problem === undefined || (one.kind !== 'create' && one.kind !== 'update')) return one;
      const refusal = { code: problem.code, detail: problem.detail, with: [] };
      if (keepsUnplaced(request)) return kept(one, refusal);
      // It has left its place for the other one, which was free a moment ago.
      if (one.kind === 'update') throw transientConflict('room');
      return { kind: 'refuse', entry: one.entry, refusal };
    });
    const unplaced = decisions.flatMap((one) => (one.kind === 'keep' ? [written(one)] : []));
    if (unplaced.length > 0) await this.imports.write(tx.manager, unplaced, stop);
    this.record(tx, decisions, stop);
    return decisions;
  }

  private record(tx: TransactionContext, decisions: readonly Decision[], stop: StopState): void {
    for (const one of decisions) {
      if (one.kind !== 'create' && one.kind !== 'update' && one.kind !== 'keep') continue;
      const { known, session } = written(one);
      const action = known === null ? 'import' : 'update_by_import';
      this.journal.record(tx, stop, action, known?.session ?? null, session);
    }
  }
}

function written(one: Extract<Decision, { kind: 'create' | 'update' | 'keep' }>): Written {
  const { entry, session } = one;
  return { entry, session, known: one.kind === 'create' ? null : one.known };
}

function isRefused({ kind }: Decision): boolean {
  return kind === 'refuse';
}

/** With `atomic` nothing may be left without its place. */
function keepsUnplaced({ atomic, refused }: ImportRequest): boolean {
  return refused === 'keep' && !atomic;
}

function scheduleOf({ body, align }: ImportRequest, stop: StopState): ImportedSchedule {
  const read = importSchedule(body.text, body.format, stop, align ?? null);
  if ('refusal' in read) throw new Problem(read.refusal.code, read.refusal.detail);
  return read;
}
