import type { ReactNode } from 'react';
import type { Stop } from '#contracts/stops';
import { wordsOf } from '../../words/index.js';
import { TabbedStopScreen } from '../organizer/tabbed-stop-screen.js';

const t = wordsOf({
  zh: {
    meetings: '洽谈',
    board: '洽谈排桌',
    plans: '排桌方案',
    requests: '请求与供需',
    rules: '洽谈规则',
  },
  en: {
    meetings: 'Meetings',
    board: 'Meeting board',
    plans: 'Plans',
    requests: 'Requests and listings',
    rules: 'Meeting rules',
  },
});

const tabs = {
  board: { to: '/console/stops/$stopId/meetings', title: t.board },
  plans: { to: '/console/stops/$stopId/meetings/plans', title: t.plans },
  requests: { to: '/console/stops/$stopId/meetings/requests', title: t.requests },
  rules: { to: '/console/stops/$stopId/meetings/rules', title: t.rules },
} as const;

interface Props {
  readonly screen: keyof typeof tabs;
  readonly children: (stop: Stop) => ReactNode;
}

/** One of the organizer's screens about the meetings of a stop. */
export function MeetingsScreen(props: Props) {
  return <TabbedStopScreen label={t.meetings} tabs={tabs} {...props} />;
}
