import { createRoute } from '@tanstack/react-router';
import { root } from './root.js';

const desk = createRoute({ getParentRoute: () => root, path: '/company' }).lazy(() =>
  import('../features/company/desk.screen.js').then((one) => one.route),
);
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

/** The company's desk. */
export const companyRoutes = [desk, register, registration, badges, members, keys, webhooks] as const;
