import { useEffect, useRef, useState, useSyncExternalStore, type ReactNode } from 'react';
import { pathIn } from '../../../shared/language.js';
import { stopTitle } from '../../../shared/stop-title.js';
import { tell, unlockSound } from '../feedback/feedback.js';
import { faceOf } from '../rules/face.js';
import { needsLook } from '../rules/scan.js';
import { KeyboardWedge } from '../scanner/keyboard-wedge.js';
import type { Door, DoorState } from '../store/door.js';
import { lang, words } from '../words/index.js';
import { Camera } from './camera.js';
import { OtherLanguage } from './door-app.js';
import { Finder } from './finder.js';
import { LookList, RecentList } from './lists.js';
import { Settings } from './settings.js';
import { StatusBar } from './status-bar.js';
import { UpdateNotice } from './update-notice.js';
import { VerdictPanel } from './verdict-panel.js';

/** The door of one stop. */
export function DoorScreen({ door, decoderUrl }: { door: Door; decoderUrl: string }): ReactNode {
  const state = useSyncExternalStore(door.subscribe, door.current);
  useWaking(door);
  useWedge(door);
  useFeedback(state);
  useWakeLock();
  useEffect(() => {
    document.title = `${stopTitle(state.stop, lang).text} · ${words.title}`;
  }, [state.stop]);
  const scan = (text: string): void => void door.scan(text).catch(() => undefined);
  return (
    <>
      <header className="door-top">
        <h1>{stopTitle(state.stop, lang).text}</h1>
        <OtherLanguage />
      </header>
      <main>
        <StatusBar state={state} />
        <UpdateNotice />
        <Notices state={state} />
        {state.isSignedOut ? null : (
          <div className="door-main-area">
            <div className="door-work">
              <VerdictPanel door={door} state={state} />
              <Finder door={door} state={state} />
              <Camera
                decoderUrl={decoderUrl}
                isPaused={state.asked !== null}
                onText={scan}
                startsAtOnce={state.settings.camera}
                onSwitch={(camera) => door.change({ camera })}
              />
            </div>
            <div className="door-side">
              <LookList door={door} state={state} />
              <RecentList door={door} state={state} />
              <Settings door={door} state={state} />
            </div>
          </div>
        )}
      </main>
    </>
  );
}

function Notices({ state }: { state: DoorState }): ReactNode {
  return (
    <>
      {state.isBroken ? (
        <p className="door-notice door-notice-bad" role="alert">
          {words.broken}
        </p>
      ) : null}
      {state.rosterAtMs === null && !state.isSignedOut ? (
        <p className="door-notice" role="status">
          {words.rosterNever}
        </p>
      ) : null}
      {state.isSignedOut ? (
        <div className="door-narrow">
          <p className="door-notice door-notice-bad" role="alert">
            {words.signedOut}
          </p>
          <a className="door-button" href={pathIn(lang, '/door/join')}>
            {words.rejoin}
          </a>
        </div>
      ) : null}
    </>
  );
}

/** Browsers tell in many ways that a network or a phone is back; a timer sees to the rest. */
function useWaking(door: Door): void {
  useEffect(() => {
    door.wake();
    const types = ['online', 'focus', 'pageshow'];
    for (const type of types) addEventListener(type, door.wake);
    return () => {
      for (const type of types) removeEventListener(type, door.wake);
    };
  }, [door]);
}

/** A USB scanner types wherever the focus is; the finder's own field reads its keys itself. */
function useWedge(door: Door): void {
  useEffect(() => {
    const wedge = new KeyboardWedge();
    const listen = (event: KeyboardEvent): void => {
      if (event.isComposing || event.target instanceof HTMLInputElement) return;
      const text = wedge.press(event.key, event.timeStamp);
      if (text === null) return;
      event.preventDefault();
      void door.scan(text).catch(() => undefined);
    };
    document.addEventListener('keydown', listen, { capture: true });
    document.addEventListener('pointerdown', unlockSound);
    document.addEventListener('keydown', unlockSound);
    return () => {
      document.removeEventListener('keydown', listen, { capture: true });
      document.removeEventListener('pointerdown', unlockSound);
      document.removeEventListener('keydown', unlockSound);
    };
  }, [door]);
}

/** Sounds when something new is shown, and when the API contradicts what was. */
function useFeedback(state: DoorState): void {
  const toLookAt = state.scans.filter(needsLook).length;
  const before = useRef(toLookAt);
  const shown = state.scans.find(({ id }) => id === state.shown);
  const face = shown === undefined ? null : faceOf(shown);
  useEffect(() => {
    if (face !== null) tell(face.colour, state.settings);
    // A change of settings is no news of a scan.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [state.shown, face?.colour]);
  useEffect(() => {
    if (toLookAt > before.current) tell('red', state.settings);
    before.current = toLookAt;
  }, [toLookAt, state.settings]);
}

/** The screen stays on while the door is open, where the browser can do that. */
function useWakeLock(): void {
  const [, setLock] = useState<WakeLockSentinel | null>(null);
  useEffect(() => {
    const hold = (): void => {
      if (document.visibilityState !== 'visible') return;
      void navigator.wakeLock
        ?.request('screen')
        .then(setLock)
        .catch(() => undefined);
    };
    hold();
    document.addEventListener('visibilitychange', hold);
    return () => {
      document.removeEventListener('visibilitychange', hold);
      setLock((lock) => {
        void lock?.release();
        return null;
      });
    };
  }, []);
}
