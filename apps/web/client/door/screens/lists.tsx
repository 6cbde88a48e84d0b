import type { ReactNode } from 'react';
import { timeOf } from '../../../shared/time.js';
import { faceOf } from '../rules/face.js';
import { needsLook, type Scan } from '../rules/scan.js';
import { canTakeBack } from '../rules/take-back.js';
import type { Door, DoorState } from '../store/door.js';
import { words } from '../words/index.js';
import { CompanyName, icons } from './verdict-panel.js';

interface ListProps {
  readonly door: Door;
  readonly state: DoorState;
}

const maxRecent = 20;

/** What the API contradicted, until somebody has seen to it. */
export function LookList({ door, state }: ListProps): ReactNode {
  const scans = state.scans.filter(needsLook);
  if (scans.length === 0) return null;
  return (
    <section className="door-look" aria-labelledby="look">
      <h2 id="look">
        {words.look.title} ({scans.length})
      </h2>
      <p>{words.look.lead}</p>
      <ul className="door-list">
        {scans.map((scan) => (
          <li key={scan.id}>
            <Line scan={scan} state={state} />
            <p>{reasonOf(scan, state)}</p>
            <button type="button" onClick={() => void door.markSeen(scan)}>
              {words.look.seen}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function reasonOf({ reason, checkedInAt }: Scan, { stop }: DoorState): string {
  const { already, ...others } = words.look.reason;
  if (reason === 'already') return already(checkedInAt === null ? '' : timeOf(checkedInAt, stop.timeZone));
  const known: Readonly<Record<string, string>> = others;
  return known[reason ?? 'other'] ?? others.other;
}

export function RecentList({ door, state }: ListProps): ReactNode {
  const scans = state.scans.slice(-maxRecent).toReversed();
  return (
    <section aria-labelledby="recent">
      <h2 id="recent">{words.recent.title}</h2>
      {scans.length === 0 ? <p className="door-muted">{words.recent.none}</p> : null}
      <ul className="door-list">
        {scans.map((scan) => (
          <li key={scan.id}>
            <Line scan={scan} state={state} />
            {isLast(scan, state) && canTakeBack(scan) ? (
              <button
                type="button"
                aria-label={words.recent.takeBackOf(scan.name ?? words.headline.unknown)}
                onClick={() => void door.takeBack(scan)}
              >
                {words.recent.takeBack}
              </button>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Only the last word about a person can be taken back. */
const isLast = (scan: Scan, { scans }: DoorState): boolean =>
  scan.delegateId === null || scans.findLast(({ delegateId }) => delegateId === scan.delegateId) === scan;

function Line({ scan, state }: { scan: Scan; state: DoorState }): ReactNode {
  const face = faceOf(scan);
  return (
    <p className="door-line">
      <span className={`door-dot door-${face.colour}`} aria-hidden="true">
        {icons[face.colour]}
      </span>
      <span>
        {timeOf(new Date(scan.atMs).toISOString(), state.stop.timeZone)} {words.headline[face.headline]}
        {scan.name === null ? null : (
          <>
            {' · '}
            <strong>{scan.name}</strong>
          </>
        )}
        {scan.company === null ? null : <CompanyName of={scan.company} />}
        {face.confirmation === 'waiting' ? (
          <span className="door-wait">{words.confirmation.waiting}</span>
        ) : null}
      </span>
    </p>
  );
}
