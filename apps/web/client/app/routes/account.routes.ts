import { createRoute } from '@tanstack/react-router';
import { root } from './root.js';

const signIn = createRoute({ getParentRoute: () => root, path: '/sign-in' }).lazy(() =>
  import('../features/account/sign-in.screen.js').then((one) => one.route),
);
const signUp = createRoute({ getParentRoute: () => root, path: '/sign-up' }).lazy(() =>
  import('../features/account/sign-up.screen.js').then((one) => one.route),
);
const account = createRoute({
  getParentRoute: () => root,
  path: '/account',
}).lazy(() => import('../features/account/sign-ins.screen.js').then((one) => one.route));

export const accountRoutes = [signIn, signUp, account] as const;
