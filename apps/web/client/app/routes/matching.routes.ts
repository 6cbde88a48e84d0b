import { createRoute } from '@tanstack/react-router';
import { root } from './root.js';

const matching = createRoute({ getParentRoute: () => root, path: '/company/matching' }).lazy(() =>
  import('../features/matching/matching.screen.js').then((one) => one.route),
);
const listings = createRoute({ getParentRoute: () => root, path: '/company/tours/$tourId/listings' }).lazy(
  () => import('../features/matching/listings.screen.js').then((one) => one.route),
);
const newListing = createRoute({
  getParentRoute: () => root,
  path: '/company/tours/$tourId/listings/new',
}).lazy(() => import('../features/matching/new-listing.screen.js').then((one) => one.route));
const editListing = createRoute({ getParentRoute: () => root, path: '/company/listings/$id' }).lazy(() =>
  import('../features/matching/edit-listing.screen.js').then((one) => one.route),
);
const partners = createRoute({ getParentRoute: () => root, path: '/company/stops/$stopId/partners' }).lazy(
  () => import('../features/matching/partners.screen.js').then((one) => one.route),
);
const meetings = createRoute({ getParentRoute: () => root, path: '/company/stops/$stopId/meetings' }).lazy(
  () => import('../features/matching/meetings.screen.js').then((one) => one.route),
);

/** Offers and needs, suggestions and meetings of a company. */
export const matchingRoutes = [matching, listings, newListing, editListing, partners, meetings] as const;
