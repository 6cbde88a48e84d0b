import { createRoute } from '@tanstack/react-router';
import { auditSearch } from '../features/audit/audit-search.js';
import { mailSearch } from '../features/mail/mail-search.js';
import { companySearch } from '../features/organizer/company-search.js';
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
const companies = createRoute({
  getParentRoute: () => root,
  path: '/console/companies',
  validateSearch: companySearch,
}).lazy(() => import('../features/organizer/companies.screen.js').then((one) => one.route));

const attendance = createRoute({
  getParentRoute: () => root,
  path: '/console/stops/$stopId/attendance',
}).lazy(() => import('../features/attendance/attendance.screen.js').then((one) => one.route));

const exports = createRoute({
  getParentRoute: () => root,
  path: '/console/stops/$stopId/exports',
}).lazy(() => import('../features/exports/exports.screen.js').then((one) => one.route));

const door = createRoute({
  getParentRoute: () => root,
  path: '/console/stops/$stopId/door',
}).lazy(() => import('../features/door-passes/door-passes.screen.js').then((one) => one.route));

const announcements = createRoute({
  getParentRoute: () => root,
  path: '/console/stops/$stopId/announcements',
}).lazy(() => import('../features/announcements/announcements.screen.js').then((one) => one.route));

const mails = createRoute({
  getParentRoute: () => root,
  path: '/console/stops/$stopId/mails',
  validateSearch: mailSearch,
}).lazy(() => import('../features/mail/mails.screen.js').then((one) => one.route));

const members = createRoute({
  getParentRoute: () => root,
  path: '/console/members',
}).lazy(() => import('../features/members/members.screen.js').then((one) => one.consoleRoute));

const keys = createRoute({
  getParentRoute: () => root,
  path: '/console/keys',
}).lazy(() => import('../features/keys/keys.screen.js').then((one) => one.consoleRoute));

const webhooks = createRoute({
  getParentRoute: () => root,
  path: '/console/webhooks',
}).lazy(() => import('../features/webhooks/webhooks.screen.js').then((one) => one.consoleRoute));

const bots = createRoute({
  getParentRoute: () => root,
  path: '/console/bots',
}).lazy(() => import('../features/bots/bots.screen.js').then((one) => one.route));

const mailSettings = createRoute({
  getParentRoute: () => root,
  path: '/console/mail',
}).lazy(() => import('../features/mail/templates.screen.js').then((one) => one.route));

const audit = createRoute({
  getParentRoute: () => root,
  path: '/console/audit',
  validateSearch: auditSearch,
}).lazy(() => import('../features/audit/audit.screen.js').then((one) => one.route));

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
  attendance,
  exports,
  door,
  announcements,
  mails,
  members,
  keys,
  webhooks,
  bots,
  mailSettings,
  audit,
] as const;
