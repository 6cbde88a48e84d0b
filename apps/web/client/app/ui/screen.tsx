import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import type { Stop } from '#contracts/stops';
import { stop as stopQuery } from '../api/queries.js';
import { words } from '../words/index.js';
import { Loaded } from './ui.js';

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

/** The stop that the address names, once it is there. */
export function OfStop({ children }: { children: (stop: Stop) => ReactNode }) {
  const { stopId = '' } = useParams({ strict: false });
  const query = useQuery(stopQuery(stopId));
  return <Loaded query={query}>{children}</Loaded>;
}
