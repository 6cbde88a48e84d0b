import type { ReactNode } from 'react';
import type { Stop } from '#contracts/stops';
import { wordsOf } from '../../words/index.js';
import { TabbedStopScreen } from '../organizer/tabbed-stop-screen.js';

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

const tabs = {
  results: { to: '/console/stops/$stopId/outcomes', title: t.results },
  members: { to: '/console/stops/$stopId/outcomes/members', title: t.members },
  cases: { to: '/console/stops/$stopId/outcomes/cases', title: t.cases },
  papers: { to: '/console/stops/$stopId/outcomes/papers', title: t.papers },
  certificates: { to: '/console/stops/$stopId/outcomes/certificates', title: t.certificates },
} as const;

interface Props {
  readonly screen: keyof typeof tabs;
  readonly children: (stop: Stop) => ReactNode;
}

/** One of the organizer's screens about what a stop led to. */
export function OutcomesScreen(props: Props) {
  return <TabbedStopScreen label={t.outcomes} tabs={tabs} {...props} />;
}
