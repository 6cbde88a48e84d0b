import { changesPage } from './changes.page.js';
import { homePage } from './home.page.js';
import type { Page } from './page.js';
import { printPage } from './print.page.js';
import { stopResultsPage, tourResultsPage } from './results.page.js';
import { sessionPage } from './session.page.js';
import { stopPage } from './stop.page.js';
import { accessibilityPage, helpPage, privacyPage } from './text-pages.js';
import { timetablePage } from './timetable.page.js';
import { tourPage } from './tour.page.js';
import { verifyPages } from './verify.page.js';

/** Every public page; each exists in each language. */
export const publicPages: readonly Page[] = [
  homePage,
  tourPage,
  stopPage,
  timetablePage,
  changesPage,
  printPage,
  sessionPage,
  stopResultsPage,
  tourResultsPage,
  ...verifyPages,
  helpPage,
  privacyPage,
  accessibilityPage,
];
