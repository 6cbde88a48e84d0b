import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  Problem,
  addRooms,
  formatInstant,
  type Call,
  type InputOf,
  type Room,
  type ScheduleImport,
  type StopState,
  type importSchedule as importContract,
} from '#contracts';
import { Rpc, type CallContext } from '#messaging';
import { UnitOfWork, findReplays, newId, type TransactionContext } from '#persistence';
import { ConflictRepository, brokenRule, passingConflict } from '../sessions/conflict.repository.js';
import { refuseClosedProgramme, refuseOthersThanOrganizer } from '../sessions/session-access.js';
import { SessionRowsRepository } from '../sessions/session-rows.repository.js';
import { StopProjectionRepository } from '../stops/stop-projection.repository.js';
import { importAnswer, wholeRefused } from './import-answer.js';
import { planImport, type Decision } from './import-plan.js';
import { missingRooms, roomsInUse } from './import-rooms.js';
import { ImportRowsRepository, type Creation } from './import-rows.repository.js';
import { importSchedule, type ImportedEntry, type RefusedEntry } from './import-schedule.js';

type Asked = InputOf<typeof importContract>;
type Entries = readonly (ImportedEntry | RefusedEntry)[];
type Loss = { creation: Creation; problem: Problem };

/**
 * Takes a whole schedule. First the rooms it needs are made, by the service that owns them, then all entries are
 * decided and written in one transaction.
 */
@Injectable()
export class ImportRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly rpc: Rpc,
    private readonly stops: StopProjectionRepository,
    private readonly rows: SessionRowsRepository,
    private readonly imports: ImportRowsRepository,
    private readonly conflicts: ConflictRepository,
  ) {}

  async import(call: CallContext, asked: Asked): Promise<ScheduleImport> {
    const { state: seen } = await this.stops.get(asked.stopId);
    refuseOthersThanOrganizer(call.caller, seen, 'stop');
    const entries = entriesOf(asked, seen);
    const rooms = (await this.isReplay(call)) ? [] : await this.makeRooms(call, asked, entries, seen);
    return this.unitOfWork.run(call, async (tx) => {
      const { state: stop } = await this.stops.lock(tx.manager, asked.stopId, 'pessimistic_write');
      refuseClosedProgramme(stop);
      await this.rows.lockPlaces(tx.manager, stop.organizationId);
      // The stop may have moved since: what is aligned to it then has other times.
      const hasMoved = stop.startsAt !== seen.startsAt || stop.timeZone !== seen.timeZone;
      const present = hasMoved ? entriesOf(asked, stop) : entries;
      const plan = await this.plan(tx.manager, present, stop);
      const decisions = await this.carryOut(tx, plan, stop);
      if (asked.atomic && decisions.some(({ kind }) => kind === 'refuse')) throw wholeRefused(decisions);
      return importAnswer(stop.id, decisions, rooms);
    });
  }

  /** A repeated request gets its first answer, and must not make rooms that have been removed since. */
  private async isReplay(call: Call): Promise<boolean> {
    const [replay] = await findReplays(this.unitOfWork.dataSource.manager, [call]);
    return replay !== undefined;
  }

  /**
   * Makes the rooms in which something will take place, and catches up on them. The entries are decided for that as
   * if the rooms were there, so a file that is refused as a whole leaves no rooms behind.
   */
  private async makeRooms(call: Call, asked: Asked, entries: Entries, stop: StopState): Promise<Room[]> {
    refuseClosedProgramme(stop);
    const missing = missingRooms(entries, stop, newId);
    if (missing.length === 0) return [];
    const { manager } = this.unitOfWork.dataSource;
    const plan = await this.plan(manager, entries, { ...stop, rooms: [...stop.rooms, ...missing] });
    if (asked.atomic && plan.some(({ kind }) => kind === 'refuse')) throw wholeRefused(plan);
    const rooms = roomsInUse(missing, plan).map(({ name, seats }) => ({ name, seats }));
    if (rooms.length === 0) return [];
    const { idempotency: _idempotency, ifMatch: _ifMatch, ...own } = call;
    const { stop: changed } = await this.rpc.call(addRooms, { id: stop.id, rooms }, own);
    await this.stops.catchUp(stop.id, changed.version);
    const before = new Set(stop.rooms.map((room) => room.id));
    return changed.rooms.filter((room) => !before.has(room.id));
  }

  private async plan(manager: EntityManager, entries: Entries, stop: StopState): Promise<Decision[]> {
    const standing = await this.imports.findStanding(manager, entries, stop);
    return planImport(entries, stop, standing, { id: newId, now: formatInstant(new Date()) });
  }

  private async carryOut(tx: TransactionContext, plan: Decision[], stop: StopState): Promise<Decision[]> {
    const creations = plan.flatMap((one) => (one.kind === 'create' ? [one] : []));
    const losses = new Map(
      (await this.insertInOrder(tx.manager, creations, stop)).map(({ creation, problem }) => [
        creation.entry,
        problem,
      ]),
    );
    const decisions = plan.map((one): Decision => {
      const problem = one.kind === 'create' ? losses.get(one.entry) : undefined;
      if (problem === undefined) return one;
      return { kind: 'refuse', entry: one.entry, refusal: { ...problem, with: [] } };
    });
    for (const one of decisions) {
      if (one.kind === 'create') this.rows.record(tx, 'import', null, one.session);
    }
    return decisions;
  }

  /**
   * Writes all with a few statements; only where a constraint refuses that, since somebody takes a place without the
   * lock, the halves one after the other.
   */
  private async insertInOrder(
    manager: EntityManager,
    creations: readonly Creation[],
    stop: StopState,
  ): Promise<Loss[]> {
    const [first] = creations;
    if (first === undefined) return [];
    try {
      await manager.transaction((savepoint) => this.imports.insert(savepoint, creations, stop));
      return [];
    } catch (error) {
      const kind = brokenRule(error);
      if (kind === undefined) throw error;
      if (creations.length === 1) {
        const problem = await this.conflicts.explain(manager, kind, first.session, stop);
        return [{ creation: first, problem: problem ?? passingConflict(kind) }];
      }
      const half = Math.ceil(creations.length / 2);
      const losses = await this.insertInOrder(manager, creations.slice(0, half), stop);
      return [...losses, ...(await this.insertInOrder(manager, creations.slice(half), stop))];
    }
  }
}

function entriesOf({ body, align }: Asked, stop: StopState): Entries {
  const read = importSchedule(body.text, body.format, stop, align ?? null);
  if ('refusal' in read) throw new Problem(read.refusal.code, read.refusal.detail);
  return read.entries;
}
