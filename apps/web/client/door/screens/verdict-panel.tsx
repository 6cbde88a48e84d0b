import { useEffect, useRef, type ReactNode } from 'react';
import { htmlLang, localize, type Localized } from '../../../shared/language.js';
import { timeOf } from '../../../shared/time.js';
import { faceOf, type Colour, type Face } from '../rules/face.js';
import type { Scan } from '../rules/scan.js';
import type { Door, DoorState } from '../store/door.js';
import { lang, words } from '../words/index.js';

/** A shape for each colour, for those who can't tell colours apart. */
export const icons: Readonly<Record<Colour, string>> = { green: '✓', orange: '↻', red: '✕', purple: '?' };

/** The last scan, as large as it has to be; or the question whether somebody may come in. */
export function VerdictPanel({ door, state }: { door: Door; state: DoorState }): ReactNode {
  const { asked, shown, scans } = state;
  if (asked !== null) return <Question door={door} asked={asked} />;
  const scan = scans.find(({ id }) => id === shown);
  return (
    <div className="door-verdict-box" role="status" aria-live="assertive" aria-atomic="true">
      {scan === undefined ? (
        <p className="door-verdict door-verdict-none">{words.scan.hint}</p>
      ) : (
        <Verdict scan={scan} state={state} />
      )}
    </div>
  );
}

function Verdict({ scan, state }: { scan: Scan; state: DoorState }): ReactNode {
  const face = faceOf(scan);
  const advice = adviceOf(scan, face, state);
  return (
    <div
      className={`door-verdict door-${face.colour}`}
      data-verdict={face.headline}
      data-colour={face.colour}
    >
      <p className="door-headline">
        <span aria-hidden="true" className="door-icon">
          {icons[face.colour]}
        </span>
        {words.headline[face.headline]}
      </p>
      {scan.name === null ? null : (
        <p className="door-name">
          {scan.name}
          {scan.company === null ? null : <CompanyName of={scan.company} />}
        </p>
      )}
      {advice === null ? null : <p>{advice}</p>}
      {face.confirmation === null ? null : (
        <p className="door-confirmation" data-confirmation={face.confirmation}>
          {words.confirmation[face.confirmation]}
        </p>
      )}
    </div>
  );
}

export function CompanyName({ of: name }: { of: Localized }): ReactNode {
  const found = localize(name, lang);
  return (
    <span className="door-company" lang={found.lang === lang ? undefined : htmlLang[found.lang]}>
      {found.text}
    </span>
  );
}

function adviceOf(scan: Scan, face: Face, { stop, isOnline }: DoorState): string | null {
  const { advice } = words;
  switch (face.headline) {
    case 'already':
      return scan.checkedInAt === null
        ? advice.alreadyOther
        : `${advice.already(timeOf(scan.checkedInAt, stop.timeZone))} · ${advice.alreadyOther}`;
    case 'unknown':
      return isOnline && scan.state === 'waiting' ? advice.unknownAsking : advice.unknown;
    case 'refused':
      return scan.reason === 'stop.cancelled' ? advice.suspended : advice.refused;
    case 'wrong_stop':
    case 'not_valid':
    case 'no_badge':
      return advice[face.headline];
    case 'admit':
      return face.confirmation === 'also_elsewhere' ? advice.also_elsewhere : null;
    case 'taken_back':
      return null;
  }
}

/** Standard mode: the name first. Enter lets in, Escape does not. */
function Question({ door, asked }: { door: Door; asked: NonNullable<DoorState['asked']> }): ReactNode {
  const yes = useRef<HTMLButtonElement>(null);
  useEffect(() => yes.current?.focus(), [asked]);
  const { entry } = asked.verdict;
  return (
    <div
      className="door-verdict door-question"
      role="group"
      aria-label={words.ask.title}
      onKeyDown={(event) => {
        if (event.key === 'Escape') door.decline();
      }}
    >
      <p className="door-headline">{words.ask.title}</p>
      {entry === null ? null : (
        <p className="door-name" role="status">
          {entry.name}
          <CompanyName of={entry.company.name} />
        </p>
      )}
      <div className="door-row">
        <button
          ref={yes}
          type="button"
          className="door-main"
          onClick={() => void door.confirm().catch(() => undefined)}
        >
          {words.ask.admit}
        </button>
        <button type="button" onClick={door.decline}>
          {words.ask.no}
        </button>
      </div>
    </div>
  );
}
