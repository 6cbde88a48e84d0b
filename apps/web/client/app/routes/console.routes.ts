import { createRoute } from '@tanstack/react-router';
import { root } from './root.js';

const stops = createRoute({ getParentRoute: () => root, path: '/console' }).lazy(() =>
  import('../features/organizer/stops.screen.js').then((one) => one.route),
);
const newStop = createRoute({ getParentRoute: () => root, path: '/console/tours/$tourId/stops/new' }).lazy(
  () => import('../features/organizer/new-stop.screen.js').then((one) => one.route),
);
const registrations = createRoute({
  getParentRoute: () => root,
  path: '/console/stops/$stopId/registrations',
}).lazy(() => import('../features/organizer/registrations.screen.js').then((one) => one.route));
const companies = createRoute({ getParentRoute: () => root, path: '/console/companies' }).lazy(() =>
  import('../features/organizer/companies.screen.js').then((one) => one.route),
);

/** The organizer's console without sessions and their planning. */
export const consoleRoutes = [stops, newStop, registrations, companies] as const;
