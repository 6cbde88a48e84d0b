import { Injectable } from '@nestjs/common';
import type { StopState } from '#contracts';
import type { TransactionContext } from '#persistence';
import { ElsewhereRepository } from '../elsewhere/elsewhere.repository.js';
import { GiveWayService } from '../meetings/give-way.service.js';
import type { MeetingRecord } from '../meetings/meeting.js';
import { MeetingChanges } from '../meetings/meeting-changes.service.js';
import { MeetingRepository } from '../meetings/meeting.repository.js';
import { PlaceRepository } from '../meetings/place.repository.js';
import { MeetingRulesRepository, type StoredRules } from '../meeting-rules/meeting-rules.repository.js';
import type { Slot } from '../meeting-rules/slots.js';
import { shiftBehind, shifted, type Shift } from '../stops/stop-moves.js';
import type { KnownStop } from '../stops/stop-projection.repository.js';

/** Lets the meetings of a stop follow its changes, in the transaction in which the change arrives. */
@Injectable()
export class MeetingAdjustment {
  constructor(
    private readonly rules: MeetingRulesRepository,
    private readonly meetings: MeetingRepository,
    private readonly changes: MeetingChanges,
    private readonly places: PlaceRepository,
    private readonly giveWay: GiveWayService,
    private readonly elsewhere: ElsewhereRepository,
  ) {}

  /** @param before the stop as it was known until now; its row is locked and holds the new state already */
  async adjust(tx: TransactionContext, before: KnownStop, stop: StopState): Promise<void> {
    if (stop.status === 'cancelled') {
      if (before.state.status !== 'cancelled')
        await this.giveWay.endAll(tx, stop.id, null, 'The stop was cancelled.');
      return;
    }
    const shift = shiftBehind(stop, before.movesApplied);
    // Sessions move by the same shift: their owner says so soon, but meetings must not give way to where they were.
    const isMoved = stop.moves.length > before.movesApplied;
    const elsewhere = isMoved ? await this.elsewhere.moveSessions(tx.manager, stop.id, shift) : [];
    await this.moveMeetings(tx, stop, shift);
    await this.elsewhere.book(tx.manager, elsewhere);
  }

  private async moveMeetings(tx: TransactionContext, stop: StopState, shift: Shift): Promise<void> {
    const rules = await this.rules.lock(tx.manager, stop.id);
    if (rules === null) return;
    const kept = rules.slotList.map((slot) => shifted(slot, shift)).filter((slot) => isInside(slot, stop));
    if (
      kept.length === rules.slotList.length &&
      kept.every((slot, at) => slot.startsAt === rules.slotList[at]?.startsAt)
    )
      return;
    await this.follow(tx, rules, kept, shift);
  }

  /** Meetings leave their places, slots move, and those whose slot is still there come back to it. */
  private async follow(
    tx: TransactionContext,
    rules: StoredRules,
    kept: readonly Slot[],
    shift: Shift,
  ): Promise<void> {
    const scheduled = await this.meetings.lockAll(tx.manager, rules.stopId, ['scheduled']);
    const persons = new Map<string, string[]>();
    for (const meeting of scheduled)
      persons.set(meeting.id, await this.places.findPersons(tx.manager, meeting.id));
    const staying = await this.staying(tx, rules.stopId, scheduled, (meeting) =>
      slotFor(meeting, kept, shift),
    );
    const slots = { minutes: minutesOf(rules), starts: kept.map(({ startsAt }) => startsAt) };
    await this.rules.addSlots(tx.manager, rules.stopId, kept);
    // The later ones first where times move on, so that no table is taken twice on the way.
    const inOrder = staying.toSorted((a, b) => order(a, b) * (isLater(staying[0]) ? -1 : 1));
    for (const { meeting, slot } of inOrder) {
      const after = await this.changes.save(tx, 'follow_stop', meeting, { ...meeting, ...slot });
      await this.places.book(tx.manager, {
        meeting: after,
        persons: persons.get(meeting.id) ?? [],
        wishes: new Map(),
      });
    }
    await this.rules.save(tx.manager, { ...rules, slots, slotList: kept, version: rules.version + 1 });
  }

  /** Meetings with their new slots; those that can't follow give way. */
  private async staying(
    tx: TransactionContext,
    stopId: string,
    scheduled: readonly MeetingRecord[],
    slotOf: (meeting: MeetingRecord) => Slot | null,
  ): Promise<Staying[]> {
    const targets = scheduled.map((meeting) => ({ meeting, slot: slotOf(meeting) }));
    const inside = targets.flatMap(({ meeting, slot }) => (slot === null ? [] : [{ meeting, slot }]));
    const behind = await this.places.findBehindPast(
      tx.manager,
      stopId,
      inside.map(({ meeting, slot }) => ({ ...meeting, ...slot })),
    );
    const giveWay = (meetings: readonly Pick<Staying, 'meeting'>[], reason: string) =>
      this.giveWay.unschedule(
        tx,
        meetings.map(({ meeting }) => meeting),
        `The stop was rescheduled, and ${reason}.`,
      );
    await giveWay(
      targets.filter(({ slot }) => slot === null),
      'the slot is no longer inside it',
    );
    await giveWay(
      inside.filter(({ meeting }) => behind.has(meeting.id)),
      'a meeting that took place had the table or a delegate at the new time',
    );
    return inside.filter(({ meeting }) => !behind.has(meeting.id));
  }
}

function isInside(slot: Slot, stop: StopState): boolean {
  return (
    Date.parse(slot.startsAt) >= Date.parse(stop.startsAt) &&
    Date.parse(slot.endsAt) <= Date.parse(stop.endsAt)
  );
}

function slotFor(meeting: MeetingRecord, kept: readonly Slot[], shift: Shift): Slot | null {
  const startsAt = shift(meeting.startsAt ?? '');
  return kept.find((slot) => slot.startsAt === startsAt) ?? null;
}

type Staying = { meeting: MeetingRecord; slot: Slot };
const order = (a: Staying, b: Staying) => (a.slot.startsAt < b.slot.startsAt ? -1 : 1);
const isLater = (one: Staying | undefined) =>
  one !== undefined && one.slot.startsAt > (one.meeting.startsAt ?? '');

function minutesOf({ slots }: StoredRules): number {
  return slots.minutes;
}
