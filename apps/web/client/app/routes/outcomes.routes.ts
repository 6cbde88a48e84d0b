import { createRoute } from '@tanstack/react-router';
import { root } from './root.js';

const outcomes = createRoute({ getParentRoute: () => root, path: '/console/stops/$stopId/outcomes' }).lazy(
  () => import('../features/outcomes/stop-outcomes.screen.js').then((one) => one.route),
);
const members = createRoute({
  getParentRoute: () => root,
  path: '/console/stops/$stopId/outcomes/members',
}).lazy(() => import('../features/ledger/members.screen.js').then((one) => one.route));
const cases = createRoute({
  getParentRoute: () => root,
  path: '/console/stops/$stopId/outcomes/cases',
}).lazy(() => import('../features/ledger/cases.screen.js').then((one) => one.route));
const papers = createRoute({
  getParentRoute: () => root,
  path: '/console/stops/$stopId/outcomes/papers',
}).lazy(() => import('../features/ledger/papers.screen.js').then((one) => one.route));
const certificates = createRoute({
  getParentRoute: () => root,
  path: '/console/stops/$stopId/outcomes/certificates',
}).lazy(() => import('../features/ledger/certificates.screen.js').then((one) => one.route));

const followUps = createRoute({ getParentRoute: () => root, path: '/company/follow-ups' }).lazy(() =>
  import('../features/outcomes/company-follow-ups.screen.js').then((one) => one.route),
);

const ownCertificates = createRoute({ getParentRoute: () => root, path: '/company/certificates' }).lazy(() =>
  import('../features/ledger/company-certificates.screen.js').then((one) => one.route),
);

/** What stops led to. */
export const outcomesRoutes = [
  outcomes,
  members,
  cases,
  papers,
  certificates,
  followUps,
  ownCertificates,
] as const;
