import { createRoute } from '@tanstack/react-router';
import { registrationSearch } from '../features/organizer/registration-search.js';
import { root } from './root.js';

const stops = createRoute({ getParentRoute: () => root, path: '/console' }).lazy(() =>
  import('../features/stops/stops.screen.js').then((one) => one.route),
);
const tour = createRoute({ getParentRoute: () => root, path: '/console/tours/$tourId' }).lazy(() =>
  import('../features/stops/tour.screen.js').then((one) => one.route),
);
const newStop = createRoute({
  getParentRoute: () => root,
  path: '/console/tours/$tourId/stops/new',
  // Which stop to begin with a copy of.
  validateSearch: ({ copy }: { copy?: unknown }) => (typeof copy === 'string' ? { copy } : {}),
}).lazy(() => import('../features/stops/new-stop.screen.js').then((one) => one.route));
const stop = createRoute({ getParentRoute: () => root, path: '/console/stops/$stopId' }).lazy(() =>
  import('../features/stops/stop.screen.js').then((one) => one.route),
);
const editStop = createRoute({ getParentRoute: () => root, path: '/console/stops/$stopId/edit' }).lazy(() =>
  import('../features/stops/edit-stop.screen.js').then((one) => one.route),
);
const reschedule = createRoute({
  getParentRoute: () => root,
  path: '/console/stops/$stopId/reschedule',
}).lazy(() => import('../features/stops/reschedule.screen.js').then((one) => one.route));
const registrations = createRoute({
  getParentRoute: () => root,
  path: '/console/stops/$stopId/registrations',
  validateSearch: registrationSearch,
}).lazy(() => import('../features/organizer/registrations.screen.js').then((one) => one.route));
const companies = createRoute({ getParentRoute: () => root, path: '/console/companies' }).lazy(() =>
  import('../features/organizer/companies.screen.js').then((one) => one.route),
);

/** The organizer's console without sessions and their planning. */
export const consoleRoutes = [
  stops,
  tour,
  newStop,
  stop,
  editStop,
  reschedule,
  registrations,
  companies,
] as const;
