import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Stop } from '#contracts/stops';
import { OfStop } from '../../ui/screen.js';
import { wordsOf } from '../../words/index.js';
import { SignedIn } from '../account/signed-in.js';
import { StopScreen } from '../organizer/stop-screen.js';

const t = wordsOf({
  zh: {
    outcomes: '成果',
    results: '这一站的成果',
    members: '成员授牌',
    cases: '应用案例',
    papers: '白皮书',
    certificates: '证书',
  },
  en: {
    outcomes: 'Outcomes',
    results: 'What this stop led to',
    members: 'Members',
    cases: 'Cases',
    papers: 'Papers',
    certificates: 'Certificates',
  },
});

interface Props {
  readonly screen: 'results' | 'members' | 'cases' | 'papers' | 'certificates';
  readonly children: (stop: Stop) => ReactNode;
}

/** One of the organizer's screens about what a stop led to, with the ways to the others. */
export function OutcomesScreen({ screen, children }: Props) {
  return (
    <SignedIn role="organizer">
      {() => (
        <OfStop>
          {(stop) => (
            <StopScreen stop={stop} title={t[screen]}>
              <OutcomeTabs stopId={stop.id} />
              {children(stop)}
            </StopScreen>
          )}
        </OfStop>
      )}
    </SignedIn>
  );
}

function OutcomeTabs({ stopId }: { stopId: string }) {
  const shared = { params: { stopId }, className: 'tab' };
  return (
    <nav className="tabs" aria-label={t.outcomes}>
      <Link to="/console/stops/$stopId/outcomes" activeOptions={{ exact: true }} {...shared}>
        {t.results}
      </Link>
      <Link to="/console/stops/$stopId/outcomes/members" {...shared}>
        {t.members}
      </Link>
      <Link to="/console/stops/$stopId/outcomes/cases" {...shared}>
        {t.cases}
      </Link>
      <Link to="/console/stops/$stopId/outcomes/papers" {...shared}>
        {t.papers}
      </Link>
      <Link to="/console/stops/$stopId/outcomes/certificates" {...shared}>
        {t.certificates}
      </Link>
    </nav>
  );
}
