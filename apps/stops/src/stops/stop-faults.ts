import { invalidRequest, Problem, type RequestFault, type StopStatus } from '#contracts';
import { isCityCode } from '#reference-data';
import type { RegistrationWindow } from './registration-window.js';

type Timed = { startsAt: string; endsAt: string; registration: RegistrationWindow };
type Checked = Timed & { city: { code: string }; rooms: readonly { id?: string | undefined }[] };

/** The rules between the fields of a stop, new or after a patch: every breach with its pointer, none of them alone. */
export function stopFaults(stop: Checked): RequestFault[] {
  return [
    ...fault(isCityCode(stop.city.code), '/city/code', 'is not a division code of GB/T 2260'),
    ...timeFaults(stop),
    ...repeatedRooms(stop.rooms),
  ];
}

/** Those of these rules that are about times. */
export function timeFaults({ startsAt, endsAt, registration }: Timed): RequestFault[] {
  const { opensAt, closesAt, changesUntil } = registration;
  return [
    ...fault(before(startsAt, endsAt), '/endsAt', 'must be after startsAt'),
    ...fault(before(opensAt, closesAt), '/registration/closesAt', 'must be after registration.opensAt'),
    ...fault(!before(endsAt, closesAt), '/registration/closesAt', 'must not be after endsAt'),
    ...(changesUntil === null ? [] : changesUntilFaults(changesUntil, closesAt, endsAt)),
  ];
}

function changesUntilFaults(changesUntil: string, closesAt: string, endsAt: string): RequestFault[] {
  const pointer = '/registration/changesUntil';
  return [
    ...fault(!before(changesUntil, closesAt), pointer, 'must not be before registration.closesAt'),
    ...fault(!before(endsAt, changesUntil), pointer, 'must not be after endsAt'),
  ];
}

/** Throws `request.invalid` with every fault there is. */
export function refuseFaults(faults: RequestFault[]): void {
  if (faults.length > 0) throw invalidRequest(faults);
}

/**
 * Once a stop was published its times move by a reschedule, which takes the sessions along. Naming the times it has
 * is no change. Throws `stop.use_reschedule`.
 */
export function refuseMovingByPatch(
  stop: { status: StopStatus; startsAt: string; endsAt: string },
  patch: { startsAt?: string | undefined; endsAt?: string | undefined },
): void {
  if (stop.status === 'draft') return;
  if (sameInstant(patch.startsAt, stop.startsAt) && sameInstant(patch.endsAt, stop.endsAt)) return;
  throw new Problem(
    'stop.use_reschedule',
    `This stop is ${stop.status}: POST its new times to …/reschedule.`,
  );
}

function repeatedRooms(rooms: Checked['rooms']): RequestFault[] {
  const ids = rooms.map((room) => room.id);
  return ids.flatMap((id, index) =>
    fault(
      id === undefined || ids.indexOf(id) === index,
      `/rooms/${index}/id`,
      'is the id of another room of the list',
    ),
  );
}

function fault(holds: boolean, pointer: string, message: string): RequestFault[] {
  return holds ? [] : [{ pointer, message }];
}

function sameInstant(asked: string | undefined, present: string): boolean {
  return asked === undefined || Date.parse(asked) === Date.parse(present);
}

function before(a: string, b: string): boolean {
  return Date.parse(a) < Date.parse(b);
}
