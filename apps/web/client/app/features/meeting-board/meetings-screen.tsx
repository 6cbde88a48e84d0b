import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Stop } from '#contracts/stops';
import { OfStop } from '../../ui/screen.js';
import { wordsOf } from '../../words/index.js';
import { SignedIn } from '../account/signed-in.js';
import { StopScreen } from '../organizer/stop-screen.js';

const t = wordsOf({
  zh: { meetings: '洽谈', board: '洽谈排桌', plans: '排桌方案', requests: '请求与供需', rules: '洽谈规则' },
  en: {
    meetings: 'Meetings',
    board: 'Meeting board',
    plans: 'Plans',
    requests: 'Requests and listings',
    rules: 'Meeting rules',
  },
});

interface Props {
  readonly screen: 'board' | 'plans' | 'requests' | 'rules';
  readonly children: (stop: Stop) => ReactNode;
}

/** One of the organizer's screens about the meetings of a stop, with the ways to the others. */
export function MeetingsScreen({ screen, children }: Props) {
  return (
    <SignedIn role="organizer">
      {() => (
        <OfStop>
          {(stop) => (
            <StopScreen stop={stop} title={t[screen]}>
              <MeetingTabs stopId={stop.id} />
              {children(stop)}
            </StopScreen>
          )}
        </OfStop>
      )}
    </SignedIn>
  );
}

function MeetingTabs({ stopId }: { stopId: string }) {
  const shared = { params: { stopId }, search: {}, className: 'tab' };
  return (
    <nav className="tabs" aria-label={t.meetings}>
      <Link
        to="/console/stops/$stopId/meetings"
        activeOptions={{ exact: true, includeSearch: false }}
        {...shared}
      >
        {t.board}
      </Link>
      <Link to="/console/stops/$stopId/meetings/plans" activeOptions={{ includeSearch: false }} {...shared}>
        {t.plans}
      </Link>
      <Link
        to="/console/stops/$stopId/meetings/requests"
        activeOptions={{ includeSearch: false }}
        {...shared}
      >
        {t.requests}
      </Link>
      <Link to="/console/stops/$stopId/meetings/rules" {...shared}>
        {t.rules}
      </Link>
    </nav>
  );
}
