import { useEffect, type ReactNode } from 'react';
import { words } from '../words/index.js';

interface ScreenProps {
  readonly title: string;
  /** What stands above the title: where this screen belongs to. */
  readonly above?: ReactNode;
  readonly lead?: string;
  readonly children: ReactNode;
}

/** Tells tabs, history and screen readers which screen this is. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · ${words.brand}`;
  }, [title]);
}

/** The frame of a screen: its title, in the window's title too. */
export function Screen({ title, above, lead, children }: ScreenProps) {
  useTitle(title);
  return (
    <>
      {above === undefined ? null : <p className="crumb">{above}</p>}
      <h1>{title}</h1>
      {lead === undefined ? null : <p className="muted lead">{lead}</p>}
      {children}
    </>
  );
}
