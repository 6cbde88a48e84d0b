import { Injectable } from '@nestjs/common';
import { getStopState, notFound, systemCaller, type Call, type StopState } from '#contracts';
import { Rpc } from '#messaging';
import { UnitOfWork, Database, type Transaction } from '#persistence';
import { carryTrace } from '#tracing';
import { SeatCommandQueue } from '../seating/seat-command.queue.js';
import { writeRooms } from '../seating/seat-writes.repository.js';
import { snapshotOf } from './stop-snapshot.js';

/** Stops remembered as known at most; beyond it the memory starts anew. */
const knownMax = 100_000;

/** The projection of stops. Its rows carry the seats too, so every change of one goes through the seat queue. */
@Injectable()
export class StopRepository {
  /** Stops never vanish, so once one was seen nobody need ask again. */
  private readonly known = new Set<string>();
  private readonly fetches = new Map<string, Promise<void>>();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly rpc: Rpc,
    private readonly queue: SeatCommandQueue,
  ) {}

  /** Makes sure that the stop is known here, fetching it where its event has not arrived yet. @throws Problem where there is none */
  async require(stopId: string): Promise<void> {
    if (this.known.has(stopId)) return;
    if ((await this.versionOf(stopId)) === undefined) await this.fetch(stopId);
    if (this.known.size >= knownMax) this.known.clear();
    this.known.add(stopId);
  }

  /** Brings the projection up to a version at least. */
  async catchUp(stopId: string, version: number): Promise<void> {
    if (((await this.versionOf(stopId)) ?? 0) < version) await this.fetch(stopId);
  }

  /** Takes over a state of the stop unless a newer one is here: so events may come twice and in any order. */
  async apply(state: StopState): Promise<void> {
    if (await this.insert(state)) return;
    const command = { kind: 'stopChanged', stop: snapshotOf(state) } as const;
    await this.queue.submit({ stopId: state.id, command, call: ownCall(), stopState: state });
  }

  /** Fetches the present state. Requests that miss the same stop share one question. */
  fetch(stopId: string): Promise<void> {
    const running = this.fetches.get(stopId);
    if (running !== undefined) return running;
    const fetching = this.fetchOnce(stopId).finally(() => this.fetches.delete(stopId));
    this.fetches.set(stopId, fetching);
    return fetching;
  }

  private async fetchOnce(stopId: string): Promise<void> {
    const { stop } = await this.rpc.ask(getStopState, { id: stopId });
    if (stop === null) throw notFound('stop');
    await this.apply(stop);
  }

  private async versionOf(stopId: string): Promise<number | undefined> {
    const rows = (await this.database.query('SELECT stop_version FROM stops WHERE stop_id = $1', [
      stopId,
    ])) as { stop_version: number }[];
    return rows[0]?.stop_version;
  }

  /** A stop seen for the first time has no seats to decide about. */
  private async insert(state: StopState): Promise<boolean> {
    return this.unitOfWork.transaction(async (manager) => {
      const inserted = await insertStop(manager, state);
      if (inserted) await writeRooms(manager, state);
      return inserted;
    });
  }
}

async function insertStop(manager: Transaction, state: StopState): Promise<boolean> {
  const stop = snapshotOf(state);
  const rows = (await manager.query(
    `INSERT INTO stops (stop_id, organization_id, stop_version, ever_published, status, ends_at, capacity, seats_limit,
                        max_delegates_per_company, opens_at, closes_at, approval, waitlist, waitlist_policy,
                        verified_only)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9, $10, $11, $12, $13, $14)
     ON CONFLICT (stop_id) DO NOTHING RETURNING 1`,
    [
      stop.stopId,
      stop.organizationId,
      stop.stopVersion,
      state.published,
      stop.status,
      stop.endsAt,
      stop.capacity,
      stop.maxDelegatesPerCompany,
      stop.opensAt,
      stop.closesAt,
      stop.approval,
      stop.waitlist,
      stop.waitlistPolicy,
      stop.verifiedOnly,
    ],
  )) as unknown[];
  return rows.length > 0;
}

/** What follows from a neighbour's change is done in the system's own name, however long it takes. */
function ownCall(): Call {
  return carryTrace<Call>({ caller: systemCaller, requestId: 'stop-changed', deadlineMs: Infinity });
}
