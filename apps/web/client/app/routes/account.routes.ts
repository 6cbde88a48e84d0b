import { createRoute } from '@tanstack/react-router';
import { root } from './root.js';

const signIn = createRoute({ getParentRoute: () => root, path: '/sign-in' }).lazy(() =>
  import('../features/account/sign-in.screen.js').then((one) => one.route),
);
const signUp = createRoute({ getParentRoute: () => root, path: '/sign-up' }).lazy(() =>
  import('../features/account/sign-up.screen.js').then((one) => one.route),
);

export const accountRoutes = [signIn, signUp] as const;
