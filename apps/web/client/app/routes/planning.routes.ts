import { createRoute } from '@tanstack/react-router';
import { plannerSearch } from '../features/planner/planner-search.js';
import { sessionSearch } from '../features/sessions/session-search.js';
import { root } from './root.js';

const sessions = createRoute({
  getParentRoute: () => root,
  path: '/console/stops/$stopId/sessions',
  validateSearch: sessionSearch,
}).lazy(() => import('../features/sessions/sessions.screen.js').then((one) => one.route));
const newSession = createRoute({
  getParentRoute: () => root,
  path: '/console/stops/$stopId/sessions/new',
}).lazy(() => import('../features/sessions/new-session.screen.js').then((one) => one.route));

const editSession = createRoute({
  getParentRoute: () => root,
  path: '/console/stops/$stopId/sessions/$sessionId',
}).lazy(() => import('../features/sessions/edit-session.screen.js').then((one) => one.route));

const reviews = createRoute({ getParentRoute: () => root, path: '/console/stops/$stopId/reviews' }).lazy(() =>
  import('../features/sessions/reviews.screen.js').then((one) => one.route),
);

const planner = createRoute({
  getParentRoute: () => root,
  path: '/console/stops/$stopId/planner',
  validateSearch: plannerSearch,
}).lazy(() => import('../features/planner/planner.screen.js').then((one) => one.route));
const releases = createRoute({ getParentRoute: () => root, path: '/console/stops/$stopId/releases' }).lazy(
  () => import('../features/releases/releases.screen.js').then((one) => one.route),
);

const scheduleImport = createRoute({
  getParentRoute: () => root,
  path: '/console/stops/$stopId/import',
}).lazy(() => import('../features/schedule-import/schedule-import.screen.js').then((one) => one.route));

/** Sessions of a stop, their import, their reviews, the planner and the releases. */
export const planningRoutes = [
  sessions,
  newSession,
  editSession,
  reviews,
  planner,
  releases,
  scheduleImport,
] as const;
