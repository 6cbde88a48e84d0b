import { sendAccountMail } from './account-mail.js';
import { getCompanyContacts, getCompanyStates } from './accounts.js';
import { sessionsCatchUpOnStop } from './catch-up.js';
import type { RequestContract } from './contract.js';
import { getDeparted, getPeople, getSignupHolders, listAudience } from './registrations-people.js';
import { getSessionSeats } from './registrations.js';
import { hasMeetingOutcome } from './outcomes.js';
import { getDelegateContacts, getDelegations, identifyBadge } from './delegations.js';
import { getMeetingPeople, getMeetingStates, getMeetingTimes } from './meetings.js';
import { getRoomsInUse, getSessionState, getTimetable } from './sessions.js';
import { getReleaseChanges, getSpeakers, listSpeakers } from './speakers.js';
import { addRooms, getStop, getStopState, getTour } from './stops.js';

/** What distinguishes one service from another. */
export interface ServiceFacts {
  /** Its purpose in a few words. */
  readonly about: string;
  /** Whether it has a database, and with it an outbox, an audit, and tables to migrate. */
  readonly database: boolean;
  /** Whether it talks to the broker, and so has a user there. */
  readonly broker: boolean;
  /** The requests that it makes of other services; the gateway may make all of them. */
  readonly calls: readonly RequestContract[];
  /** The services whose events it applies. */
  readonly consumes: readonly string[];
}

/**
 * Every service, once. The broker's users and rights, the databases and their roles, the order of backups, the commands
 * of the image and the processes of `npm start` follow from this list: a new service takes a line here and a folder
 * `apps/<name>`.
 */
export const services = {
  accounts: {
    about: 'organizations, companies, API keys, people',
    database: true,
    broker: true,
    calls: [getStopState, sendAccountMail],
    consumes: ['stops'],
  },
  stops: {
    about: 'tours and stops',
    database: true,
    broker: true,
    calls: [getRoomsInUse, sessionsCatchUpOnStop],
    consumes: [],
  },
  registrations: {
    about: 'delegations and seats',
    database: true,
    broker: true,
    calls: [getStopState, getCompanyStates, getSessionState, getMeetingTimes],
    consumes: ['accounts', 'sessions', 'stops'],
  },
  sessions: {
    about: 'sharing sessions and timetables',
    database: true,
    broker: true,
    calls: [getStopState, getCompanyStates, getSessionSeats, addRooms],
    consumes: ['accounts', 'stops'],
  },
  notifications: {
    about: 'event log, webhooks, mail',
    database: true,
    broker: true,
    calls: [
      getStopState,
      getStop,
      getTour,
      getTimetable,
      getCompanyContacts,
      getCompanyStates,
      getPeople,
      getDeparted,
      listAudience,
      getSignupHolders,
      getSpeakers,
      listSpeakers,
      getReleaseChanges,
      getMeetingPeople,
    ],
    consumes: ['accounts', 'matching', 'outcomes', 'registrations', 'sessions', 'stops'],
  },
  matching: {
    about: 'offers, needs, meetings',
    database: true,
    broker: true,
    calls: [
      getStopState,
      getTour,
      getCompanyStates,
      getDelegations,
      getDelegateContacts,
      identifyBadge,
      getSpeakers,
      listSpeakers,
      hasMeetingOutcome,
    ],
    consumes: ['accounts', 'registrations', 'sessions', 'stops'],
  },
  outcomes: {
    about: 'what stops led to: follow-ups, ledger, statistics',
    database: true,
    broker: true,
    calls: [
      getStopState,
      getTour,
      getCompanyStates,
      getMeetingStates,
      listAudience,
      getPeople,
      getSpeakers,
      listSpeakers,
    ],
    consumes: ['accounts', 'matching', 'registrations', 'sessions', 'stops'],
  },
  gateway: { about: 'the HTTP edge', database: false, broker: true, calls: [], consumes: [] },
  web: { about: 'the pages', database: false, broker: false, calls: [], consumes: [] },
} as const satisfies Record<string, ServiceFacts>;

/**
 * Requests that hand out addresses of people, or prepare a mail to them. Only the services that call them may make
 * them; the gateway, which strangers talk to, may make every other one.
 */
export const requestsBetweenServices: readonly RequestContract[] = [
  sendAccountMail,
  getSpeakers,
  listSpeakers,
  getReleaseChanges,
  getPeople,
  getDeparted,
  listAudience,
  getSignupHolders,
  getDelegateContacts,
  identifyBadge,
];

export type ServiceName = keyof typeof services;

/** A service with a database. */
export type DatabaseServiceName = {
  [Name in ServiceName]: (typeof services)[Name]['database'] extends true ? Name : never;
}[ServiceName];

/** A service that has a user of the broker. */
export type BrokerServiceName = {
  [Name in ServiceName]: (typeof services)[Name]['broker'] extends true ? Name : never;
}[ServiceName];

export const serviceNames = Object.keys(services) as readonly ServiceName[];

export const databaseServiceNames = serviceNames.filter(hasDatabase);

export const brokerServiceNames = serviceNames.filter(hasBroker);

export function hasBroker(name: ServiceName): name is BrokerServiceName {
  return services[name].broker;
}

export function hasDatabase(name: ServiceName): name is DatabaseServiceName {
  return services[name].database;
}

/** One value for each service with a database. */
export function forEachDatabaseService<T>(
  make: (name: DatabaseServiceName) => T,
): Readonly<Record<DatabaseServiceName, T>> {
  return Object.fromEntries(databaseServiceNames.map((name) => [name, make(name)])) as Record<
    DatabaseServiceName,
    T
  >;
}
