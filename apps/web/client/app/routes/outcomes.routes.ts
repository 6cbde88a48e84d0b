import { createRoute } from '@tanstack/react-router';
import { root } from './root.js';

const outcomes = createRoute({ getParentRoute: () => root, path: '/console/stops/$stopId/outcomes' }).lazy(
  () => import('../features/outcomes/stop-outcomes.screen.js').then((one) => one.route),
);

const followUps = createRoute({ getParentRoute: () => root, path: '/company/follow-ups' }).lazy(() =>
  import('../features/outcomes/company-follow-ups.screen.js').then((one) => one.route),
);

/** What stops led to. */
export const outcomesRoutes = [outcomes, followUps] as const;
