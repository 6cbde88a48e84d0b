import { useRef, type ReactNode } from 'react';
import { pathIn } from '../../../shared/language.js';
import { isWaiting } from '../rules/scan.js';
import type { Door, DoorState } from '../store/door.js';
import { lang, words } from '../words/index.js';

interface SettingsProps {
  readonly door: Door;
  readonly state: DoorState;
}

/** How this phone works, and the way out. */
export function Settings({ door, state }: SettingsProps): ReactNode {
  const { settings } = state;
  return (
    <details className="door-settings">
      <summary>{words.settings.title}</summary>
      <fieldset>
        <legend>{words.settings.mode}</legend>
        {(['express', 'standard'] as const).map((mode) => (
          <label key={mode}>
            <input
              type="radio"
              name="mode"
              checked={settings.mode === mode}
              onChange={() => door.change({ mode })}
            />
            {words.settings[mode]}
          </label>
        ))}
      </fieldset>
      {(['sound', 'vibration'] as const).map((name) => (
        <label key={name}>
          <input
            type="checkbox"
            checked={settings[name]}
            onChange={(event) => door.change({ [name]: event.target.checked })}
          />
          {words.settings[name]}
        </label>
      ))}
      <Leave door={door} state={state} />
    </details>
  );
}

function Leave({ door, state }: SettingsProps): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const waiting = state.scans.filter(isWaiting).length;
  const leave = async (): Promise<void> => {
    await door.leave();
    location.assign(pathIn(lang, '/door/join'));
  };
  return (
    <>
      <button type="button" className="door-danger" onClick={() => dialog.current?.showModal()}>
        {words.settings.leave}
      </button>
      <dialog ref={dialog} aria-labelledby="leave">
        <h2 id="leave">{words.settings.leaveTitle}</h2>
        <p>{words.settings.leaveHint}</p>
        {waiting === 0 ? null : (
          <p className="door-notice door-notice-bad">{words.settings.leaveWaiting(waiting)}</p>
        )}
        <div className="door-row">
          <button type="button" className="door-danger" onClick={() => void leave()}>
            {words.settings.leaveNow}
          </button>
          <button type="button" onClick={() => dialog.current?.close()}>
            {words.settings.keep}
          </button>
        </div>
      </dialog>
    </>
  );
}
