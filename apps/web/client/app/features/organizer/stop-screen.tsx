import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Stop } from '#contracts/stops';
import { stopTitle } from '../../../../shared/stop-title.js';
import { Screen } from '../../ui/screen.js';
import { lang, words } from '../../words/index.js';
import { StopTabs } from './stop-tabs.js';

interface Props {
  readonly stop: Stop;
  /** Of this one of the stop's screens. */
  readonly title: string;
  readonly children: ReactNode;
}

/** One of the screens of a stop, with the ways to the others. */
export function StopScreen({ stop, title, children }: Props) {
  const name = stopTitle(stop, lang).text;
  return (
    <Screen title={`${name} · ${title}`} above={<Link to="/console">{words.console.tours}</Link>}>
      <StopTabs stopId={stop.id} />
      {children}
    </Screen>
  );
}
