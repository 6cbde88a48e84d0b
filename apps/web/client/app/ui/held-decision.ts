import { useEffect, useRef, useState } from 'react';

/** Something that is done a little later, so that a wrong key can be taken back. */
export interface Held<What> {
  readonly what: What;
  readonly secondsLeft: number;
}

interface HeldDecision<What> {
  readonly held: Held<What> | null;
  readonly hold: (what: What) => void;
  readonly undo: () => void;
}

/**
 * Holds one decision for some seconds. The next one, or leaving the screen, does it at once; closing the window asks
 * first.
 */
export function useHeldDecision<What>(seconds: number, act: (what: What) => void): HeldDecision<What> {
  const [held, setHeld] = useState<Held<What> | null>(null);
  const latest = useRef<{ held: Held<What> | null; act: (what: What) => void }>({ held, act });
  useEffect(() => {
    latest.current = { held, act };
  });
  useEffect(() => {
    if (held === null) return undefined;
    const timer = setTimeout(() => {
      if (held.secondsLeft > 1) return setHeld({ ...held, secondsLeft: held.secondsLeft - 1 });
      setHeld(null);
      latest.current.act(held.what);
    }, 1_000);
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => {
      clearTimeout(timer);
      removeEventListener('beforeunload', ask);
    };
  }, [held]);
  useEffect(
    () => () => {
      const { held: last, act: doIt } = latest.current;
      if (last !== null) doIt(last.what);
    },
    [],
  );
  return {
    held,
    hold: (what) => {
      if (held !== null) act(held.what);
      setHeld({ what, secondsLeft: seconds });
    },
    undo: () => setHeld(null),
  };
}
