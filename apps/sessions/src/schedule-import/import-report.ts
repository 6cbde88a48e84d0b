import {
  Problem,
  type ImportedEntryResult,
  type Room,
  type ScheduleImport,
  type StopState,
  type Warning,
} from '#contracts';
import type { ImportedEntry, ImportedSchedule, RefusedEntry } from './import-schedule.js';
import type { Decision, Refusal } from './import-plan.js';

/** Every entry's result, in the order of the file. */
export function importReport(
  stop: Pick<StopState, 'id'>,
  decisions: readonly Decision[],
  rooms: readonly Room[],
  warnings: readonly Warning[],
): ScheduleImport {
  const results = decisions.map(resultOf);
  const count = (result: ImportedEntryResult['result']): number =>
    results.filter((one) => one.result === result).length;
  return {
    stopId: stop.id,
    created: count('created'),
    updated: count('updated'),
    unchanged: count('unchanged'),
    missing: count('missing'),
    kept: count('kept'),
    refused: count('refused'),
    rooms: [...rooms],
    results,
    ...(warnings.length === 0 ? {} : { warnings: [...warnings] }),
  };
}

/** What of the schedule as a whole does not come back in an export. */
export function leftOut(
  { title, dropped }: Pick<ImportedSchedule, 'title' | 'dropped'>,
  { name }: Pick<StopState, 'name'>,
): Warning[] {
  const isReplaced = title !== null && title !== name.zh && title !== name.en;
  return [
    ...(isReplaced
      ? [
          {
            code: 'schedule.title_replaced',
            message: `The schedule has the name of the stop, not “${title.slice(0, 200).toWellFormed()}”.`,
          },
        ]
      : []),
    ...dropped.map((what) => ({ code: 'schedule.left_out', message: `Left out of the schedule: ${what}.` })),
  ];
}

/** The refusal of a whole file, of which single entries could not be taken: with every entry's result, none created. */
export function wholeRefused(decisions: readonly Decision[]): Problem {
  const created = new Set(decisions.flatMap((one) => (one.kind === 'create' ? [one.session.id] : [])));
  const updated = new Set(decisions.flatMap((one) => (one.kind === 'update' ? [one.session.id] : [])));
  const results = decisions.map(resultOf).map((result) => heldBack(result, created, updated));
  const refused = results.filter(({ result }) => result === 'refused');
  const [first] = refused;
  const which = `${refused.length} of ${results.length} entries can't be taken, so none was`;
  return new Problem(first?.code ?? 'request.invalid', `${which}. The first: ${first?.detail ?? ''}`, {
    conflicts: first?.conflicts ?? [],
    results,
  });
}

function resultOf(decision: Decision): ImportedEntryResult {
  const { entry } = decision;
  const remark = 'code' in entry ? null : entry.remark;
  const base: Base = {
    ...entry.given,
    startsAt: startOf(entry),
    sessionId: null,
    code: null,
    detail: remark,
    conflicts: [],
  };
  switch (decision.kind) {
    case 'create':
      return { result: 'created', ...base, sessionId: decision.session.id };
    case 'update':
      return {
        result: 'updated',
        ...base,
        sessionId: decision.session.id,
        changes: decision.changes,
      };
    case 'known': {
      const { sessionId, detail, changes, outlook } = decision;
      return {
        ...withOutlook({ ...base, detail }, outlook),
        result: 'unchanged',
        sessionId,
        ...(changes.length === 0 ? {} : { changes }),
      };
    }
    case 'missing':
      return { ...withOutlook(base, decision.outlook), result: 'missing' };
    case 'keep':
      return {
        ...withReason(base, decision.refusal),
        result: 'kept',
        sessionId: decision.session.id,
        ...(decision.changes.length === 0 ? {} : { changes: decision.changes }),
      };
    case 'refuse':
      return {
        ...withReason({ ...base, detail: null }, decision.refusal),
        result: 'refused',
        sessionId: decision.sessionId ?? null,
      };
  }
}
type Base = Omit<ImportedEntryResult, 'result'>;

function withOutlook(base: Base, outlook: Refusal | undefined): Base {
  return outlook === undefined ? base : withReason(base, outlook);
}

/** Both the reason and what the entry loses on the way. */
function withReason(base: Base, { code, detail, with: met }: Refusal): Base {
  const remark = base.detail === null ? '' : ` ${base.detail}`;
  return { ...base, code, detail: `${detail}${remark}`, conflicts: met.map(conflictOf) };
}

/** Sessions that were not created after all have no id that anybody could look up. */
function heldBack(
  result: ImportedEntryResult,
  created: ReadonlySet<string>,
  updated: ReadonlySet<string>,
): ImportedEntryResult {
  const isGone = (id: string | null): boolean => id !== null && created.has(id);
  const isHeldBack = result.sessionId !== null && updated.has(result.sessionId);
  return {
    ...result,
    ...(isHeldBack ? { result: 'held_back' as const } : {}),
    ...(isGone(result.sessionId) ? { result: 'held_back' as const, sessionId: null } : {}),
    conflicts: result.conflicts.map((one) => (isGone(one.sessionId) ? { ...one, sessionId: null } : one)),
  };
}

function conflictOf({ sessionId, given, title, startsAt, endsAt }: Refusal['with'][number]) {
  return { sessionId, guid: given?.guid ?? null, id: given?.id ?? null, title, startsAt, endsAt };
}

function startOf(entry: ImportedEntry | RefusedEntry): string | null {
  return 'code' in entry ? null : entry.startsAt;
}
