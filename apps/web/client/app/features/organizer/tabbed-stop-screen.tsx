import { Link, type RegisteredRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Stop } from '#contracts/stops';
import { OfStop } from '../../ui/of-address.js';
import { SignedIn } from '../account/signed-in.js';
import { StopScreen } from './stop-screen.js';

/** Of a screen whose address names no more than the stop. */
type StopPath = Extract<
  keyof RegisteredRouter['routesByPath'],
  `/console/stops/$stopId/${'meetings' | 'outcomes'}${string}`
>;

interface StopTab {
  readonly to: StopPath;
  readonly title: string;
}

interface Props<Name extends string> {
  /** Of the screens together. */
  readonly label: string;
  readonly tabs: Readonly<Record<Name, StopTab>>;
  readonly screen: Name;
  readonly children: (stop: Stop) => ReactNode;
}

/** One of the organizer's screens about one side of a stop, with the ways to the others. */
export function TabbedStopScreen<Name extends string>({ label, tabs, screen, children }: Props<Name>) {
  return (
    <SignedIn role="organizer">
      {() => (
        <OfStop>
          {(stop) => (
            <StopScreen stop={stop} title={tabs[screen].title}>
              <Tabs label={label} tabs={Object.values(tabs)} stopId={stop.id} />
              {children(stop)}
            </StopScreen>
          )}
        </OfStop>
      )}
    </SignedIn>
  );
}

function Tabs({ label, tabs, stopId }: { label: string; tabs: readonly StopTab[]; stopId: string }) {
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map(({ to, title }) => (
        <Link
          key={to}
          to={to}
          params={{ stopId }}
          search={{}}
          className="tab"
          activeOptions={{ exact: true, includeSearch: false }}
        >
          {title}
        </Link>
      ))}
    </nav>
  );
}
