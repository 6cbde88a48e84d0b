import { createRoute } from '@tanstack/react-router';
import { boardSearch } from '../features/meeting-board/board-search.js';
import { root } from './root.js';

const board = createRoute({
  getParentRoute: () => root,
  path: '/console/stops/$stopId/meetings',
  validateSearch: boardSearch,
}).lazy(() => import('../features/meeting-board/board.screen.js').then((one) => one.route));
const plans = createRoute({
  getParentRoute: () => root,
  path: '/console/stops/$stopId/meetings/plans',
  // The plan that is looked at; else the newest one.
  validateSearch: ({ plan }: { plan?: unknown }) => (typeof plan === 'string' ? { plan } : {}),
}).lazy(() => import('../features/meeting-board/plans.screen.js').then((one) => one.route));
const requests = createRoute({
  getParentRoute: () => root,
  path: '/console/stops/$stopId/meetings/requests',
}).lazy(() => import('../features/meeting-board/requests.screen.js').then((one) => one.route));
const rules = createRoute({
  getParentRoute: () => root,
  path: '/console/stops/$stopId/meetings/rules',
}).lazy(() => import('../features/meeting-board/rules.screen.js').then((one) => one.route));

/** The organizer's screens about the meetings of a stop. */
export const meetingBoardRoutes = [board, plans, requests, rules] as const;
