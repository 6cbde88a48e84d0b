import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { Shell } from './shell.js';
import { lang } from './words/index.js';

const root = createRootRoute({ component: Shell });

const signIn = createRoute({ getParentRoute: () => root, path: '/sign-in' }).lazy(() =>
  import('./features/account/sign-in.screen.js').then((one) => one.route),
);
const signUp = createRoute({ getParentRoute: () => root, path: '/sign-up' }).lazy(() =>
  import('./features/account/sign-up.screen.js').then((one) => one.route),
);
const desk = createRoute({ getParentRoute: () => root, path: '/company' }).lazy(() =>
  import('./features/company/desk.screen.js').then((one) => one.route),
);
const register = createRoute({ getParentRoute: () => root, path: '/company/stops/$stopId/register' }).lazy(
  () => import('./features/delegations/register.screen.js').then((one) => one.route),
);
const registration = createRoute({ getParentRoute: () => root, path: '/company/registrations/$id' }).lazy(
  () => import('./features/delegations/registration.screen.js').then((one) => one.route),
);
const badges = createRoute({ getParentRoute: () => root, path: '/company/registrations/$id/badges' }).lazy(
  () => import('./features/delegations/badges.screen.js').then((one) => one.route),
);
const console_ = createRoute({ getParentRoute: () => root, path: '/console' }).lazy(() =>
  import('./features/organizer/stops.screen.js').then((one) => one.route),
);
const registrations = createRoute({
  getParentRoute: () => root,
  path: '/console/stops/$stopId/registrations',
}).lazy(() => import('./features/organizer/registrations.screen.js').then((one) => one.route));

const sessions = createRoute({ getParentRoute: () => root, path: '/console/stops/$stopId/sessions' }).lazy(
  () => import('./features/organizer/sessions.screen.js').then((one) => one.route),
);
const companies = createRoute({ getParentRoute: () => root, path: '/console/companies' }).lazy(() =>
  import('./features/organizer/companies.screen.js').then((one) => one.route),
);

const newStop = createRoute({ getParentRoute: () => root, path: '/console/tours/$tourId/stops/new' }).lazy(
  () => import('./features/organizer/new-stop.screen.js').then((one) => one.route),
);

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    signUp,
    desk,
    register,
    registration,
    badges,
    console_,
    registrations,
    sessions,
    companies,
    newStop,
  ]),
  basepath: lang === 'zh' ? '/' : '/en',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
