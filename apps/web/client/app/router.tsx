import { createRouter } from '@tanstack/react-router';
import { accountRoutes } from './routes/account.routes.js';
import { companyRoutes } from './routes/company.routes.js';
import { consoleRoutes } from './routes/console.routes.js';
import { outcomesRoutes } from './routes/outcomes.routes.js';
import { matchingRoutes } from './routes/matching.routes.js';
import { meetingBoardRoutes } from './routes/meeting-board.routes.js';
import { planningRoutes } from './routes/planning.routes.js';
import { root } from './routes/root.js';
import { Broken } from './ui/broken.js';
import { NotFound } from './ui/not-found.js';
import { lang } from './words/index.js';

export const router = createRouter({
  routeTree: root.addChildren([
    ...accountRoutes,
    ...companyRoutes,
    ...consoleRoutes,
    ...planningRoutes,
    ...outcomesRoutes,
    ...matchingRoutes,
    ...meetingBoardRoutes,
  ]),
  basepath: lang === 'zh' ? '/' : '/en',
  scrollRestoration: true,
  defaultNotFoundComponent: NotFound,
  defaultErrorComponent: Broken,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
