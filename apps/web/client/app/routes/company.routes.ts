import { createRoute } from '@tanstack/react-router';
import { client } from '../api/client.js';
import { stops } from '../api/queries.js';
import { root } from './root.js';

const desk = createRoute({
  getParentRoute: () => root,
  path: '/company',
  // Asked for beside the screen and who is signed in: on a slow network each answer that another waits for is felt.
  loader: () => void client.prefetchQuery(stops),
}).lazy(() => import('../features/company/desk.screen.js').then((one) => one.route));
const register = createRoute({ getParentRoute: () => root, path: '/company/stops/$stopId/register' }).lazy(
  () => import('../features/delegations/register.screen.js').then((one) => one.route),
);
const registration = createRoute({ getParentRoute: () => root, path: '/company/registrations/$id' }).lazy(
  () => import('../features/delegations/registration.screen.js').then((one) => one.route),
);
const badges = createRoute({ getParentRoute: () => root, path: '/company/registrations/$id/badges' }).lazy(
  () => import('../features/delegations/badges.screen.js').then((one) => one.route),
);

const members = createRoute({
  getParentRoute: () => root,
  path: '/company/members',
}).lazy(() => import('../features/members/members.screen.js').then((one) => one.companyRoute));

const keys = createRoute({
  getParentRoute: () => root,
  path: '/company/keys',
}).lazy(() => import('../features/keys/keys.screen.js').then((one) => one.companyRoute));

const webhooks = createRoute({
  getParentRoute: () => root,
  path: '/company/webhooks',
}).lazy(() => import('../features/webhooks/webhooks.screen.js').then((one) => one.companyRoute));

const profile = createRoute({ getParentRoute: () => root, path: '/company/profile' }).lazy(() =>
  import('../features/company/profile.screen.js').then((one) => one.route),
);

const data = createRoute({ getParentRoute: () => root, path: '/company/data' }).lazy(() =>
  import('../features/company/data.screen.js').then((one) => one.route),
);

const proposals = createRoute({ getParentRoute: () => root, path: '/company/sessions' }).lazy(() =>
  import('../features/proposals/proposals.screen.js').then((one) => one.route),
);

const newProposal = createRoute({
  getParentRoute: () => root,
  path: '/company/stops/$stopId/sessions/new',
}).lazy(() => import('../features/proposals/new-proposal.screen.js').then((one) => one.route));

const editProposal = createRoute({ getParentRoute: () => root, path: '/company/sessions/$id' }).lazy(() =>
  import('../features/proposals/edit-proposal.screen.js').then((one) => one.route),
);

const agenda = createRoute({ getParentRoute: () => root, path: '/company/agenda/$stopId' }).lazy(() =>
  import('../features/agenda/agenda.screen.js').then((one) => one.route),
);

/** The company's desk. */
export const companyRoutes = [
  desk,
  register,
  registration,
  badges,
  members,
  keys,
  webhooks,
  profile,
  data,
  proposals,
  newProposal,
  editProposal,
  agenda,
] as const;
