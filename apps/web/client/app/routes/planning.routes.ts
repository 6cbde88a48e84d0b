import { createRoute } from '@tanstack/react-router';
import { root } from './root.js';

const sessions = createRoute({ getParentRoute: () => root, path: '/console/stops/$stopId/sessions' }).lazy(
  () => import('../features/organizer/sessions.screen.js').then((one) => one.route),
);

/** Sessions of a stop, their reviews, the planner and the releases. */
export const planningRoutes = [sessions] as const;
