import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { timeOf } from '../../../shared/time.js';
import type { RosterEntry } from '../rules/roster.js';
import { readScan } from '../rules/scan-text.js';
import { inSince } from '../rules/verdict.js';
import type { Door, DoorState } from '../store/door.js';
import { words } from '../words/index.js';
import { CompanyName } from './verdict-panel.js';

const maxFound = 20;

/** One field for a scanner, for a typed badge, and to find somebody; it empties itself and takes the focus back. */
export function Finder({ door, state }: { door: Door; state: DoorState }): ReactNode {
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const isBadge = readScan(text).kind !== 'other';
  const found = isBadge || text.trim() === '' ? [] : state.roster.search(text, maxFound + 1);
  const shown = found.slice(0, maxFound);

  useEffect(() => {
    if (state.asked === null) field.current?.focus({ preventScroll: true });
  }, [state.shown, state.asked]);

  const done = (): void => {
    setText('');
    setActive(0);
  };
  const pick = (entry: RosterEntry | undefined): void => {
    if (entry === undefined) return;
    done();
    void door.pick(entry).catch(() => undefined);
  };
  const enter = (): void => {
    // A scanner is faster than React: what the field holds counts.
    const value = field.current?.value.trim() ?? '';
    if (value === '') return;
    if (readScan(value).kind === 'other' && shown.length > 0) return pick(shown[active] ?? shown[0]);
    done();
    void door.scan(value).catch(() => undefined);
  };
  const press = (event: KeyboardEvent): void => {
    // Enter that ends a composition of an input method chooses characters, and nobody.
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Enter') enter();
    else if (event.key === 'Escape') done();
    else if (step === undefined || shown.length === 0) return;
    else setActive((active + step + shown.length) % shown.length);
    event.preventDefault();
  };

  return (
    <section className="door-finder">
      <label htmlFor="finder">{words.scan.label}</label>
      <div className="door-row">
        <input
          ref={field}
          id="finder"
          role="combobox"
          aria-expanded={shown.length > 0}
          aria-controls="found"
          aria-autocomplete="list"
          aria-activedescendant={shown[active] === undefined ? undefined : `found-${active}`}
          value={text}
          autoComplete="off"
          autoCorrect="off"
          autoCapitalize="off"
          spellCheck={false}
          enterKeyHint="go"
          onChange={(event) => {
            setText(event.target.value);
            setActive(0);
          }}
          onKeyDown={press}
        />
        <button type="button" onClick={enter}>
          {words.scan.submit}
        </button>
      </div>
      <p className="door-muted" role="status">
        {text.trim() === '' || isBadge
          ? ''
          : found.length > maxFound
            ? words.scan.more
            : words.scan.found(shown.length)}
      </p>
      <ul
        id="found"
        role="listbox"
        aria-label={words.scan.label}
        className="door-found"
        hidden={shown.length === 0}
      >
        {shown.map((entry, index) => (
          <Found
            key={entry.delegateId}
            id={`found-${index}`}
            entry={entry}
            state={state}
            isActive={index === active}
            onPick={() => pick(entry)}
          />
        ))}
      </ul>
    </section>
  );
}

interface FoundProps {
  readonly id: string;
  readonly entry: RosterEntry;
  readonly state: DoorState;
  readonly isActive: boolean;
  readonly onPick: () => void;
}

function Found({ id, entry, state, isActive, onPick }: FoundProps): ReactNode {
  const since = inSince(entry, state.scans);
  return (
    <li id={id} role="option" aria-selected={isActive} onClick={onPick}>
      <span>
        <strong>{entry.name}</strong> {entry.mobileLast4 === null ? null : <span>··{entry.mobileLast4}</span>}
        <CompanyName of={entry.company.name} />
      </span>
      <span>
        {since === null ? words.scan.notIn : words.scan.inSince(timeOf(since, state.stop.timeZone))}
      </span>
    </li>
  );
}
