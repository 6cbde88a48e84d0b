import type { ReactNode } from 'react';
import { timeOf } from '../../../shared/time.js';
import { isWaiting } from '../rules/scan.js';
import { countInside } from '../rules/verdict.js';
import type { DoorState } from '../store/door.js';
import { words } from '../words/index.js';

/** What the verdicts rest on: the network, the scans that wait, the age of the list. */
export function StatusBar({ state }: { state: DoorState }): ReactNode {
  const { stop, roster, rosterAtMs, scans, isOnline, offlineSinceMs } = state;
  const time = (ms: number): string => timeOf(new Date(ms).toISOString(), stop.timeZone);
  const waiting = scans.filter(isWaiting).length;
  return (
    <ul className="door-status" aria-label={words.status.label}>
      <li className={isOnline ? 'door-pill door-pill-good' : 'door-pill door-pill-bad'}>
        <span aria-hidden="true">{isOnline ? '●' : '○'}</span>
        <span data-network={isOnline ? 'online' : 'offline'}>
          {isOnline ? words.status.online : words.status.offline(time(offlineSinceMs ?? Date.now()))}
        </span>
      </li>
      <li className={waiting === 0 ? 'door-pill' : 'door-pill door-pill-wait'} data-waiting={waiting}>
        {words.status.waiting(waiting)}
      </li>
      <li className="door-pill" data-roster={rosterAtMs === null ? 'none' : roster.expected}>
        {rosterAtMs === null
          ? words.status.rosterNever
          : words.status.roster(roster.expected, time(rosterAtMs))}
      </li>
      {rosterAtMs === null ? null : (
        <li className="door-pill">{words.status.in(countInside(roster, scans))}</li>
      )}
    </ul>
  );
}
