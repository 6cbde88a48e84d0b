import {
  apiKeyChanged,
  brokerServiceNames,
  signInChanged,
  databaseServiceNames,
  feedSubjects,
  hasDatabase,
  registrationChanged,
  requestsBetweenServices,
  serviceOf,
  services,
  timetableReleased,
  type BrokerServiceName,
  type DatabaseServiceName,
  type RequestContract,
} from '#contracts';
import { eventStream } from '../events/streams.js';

/** What a user of the broker may publish and subscribe to; everything else is refused. */
export interface BrokerRights {
  publish: readonly string[];
  /** Of what `publish` allows, what is refused all the same. */
  neverPublish?: readonly string[];
  /** `subject queue` allows a subject only as a member of that queue. */
  subscribe: readonly string[];
}

/** The events that keep the gateway's caches right. */
const gatewaySubscriptions = [
  apiKeyChanged.subject,
  signInChanged.subject,
  registrationChanged.subject,
  timetableReleased.subject,
  'evt.stops.>',
];
/** What replicas of the gateway publish to each other. */
const betweenGateways = 'edge.>';

/** One user for each service that talks to the broker. */
export const brokerUsers = brokerServiceNames;
export type BrokerUser = BrokerServiceName;

/** The rights of one service, derived from the list of services: whatever it does not call or consume is refused. */
export function brokerRights(user: BrokerUser): BrokerRights {
  if (hasDatabase(user)) return serviceRights(user);
  return {
    publish: ['rpc.>', betweenGateways],
    neverPublish: requestsBetweenServices.map(({ subject }) => subject),
    subscribe: [...gatewaySubscriptions, feedSubjects, betweenGateways, inboxOf(user)],
  };
}

function serviceRights(service: DatabaseServiceName): BrokerRights {
  const { calls, consumes } = services[service];
  return {
    publish: [
      ...calls.map(({ subject }) => subject),
      ...replyRights(service),
      `evt.${service}.>`,
      ...(service === 'notifications' ? [feedSubjects] : []),
      ...streamRights,
      ...consumes.flatMap((source) => consumerRights(`${service}-${source}`)),
    ],
    subscribe: [`rpc.${service}.> ${service}`, inboxOf(service)],
  };
}

/** Where those who ask it wait for its answers, and for nobody else's (see `ReplyInbox`). An operator may ask everybody. */
function replyRights(service: DatabaseServiceName): string[] {
  const callers = databaseServiceNames.filter((name) =>
    callsOf(name).some((one) => serviceOf(one) === service),
  );
  return ['gateway', 'operator', ...callers].map((caller) => `_INBOX_${caller}.${service}.>`);
}

function callsOf(service: DatabaseServiceName): readonly RequestContract[] {
  return services[service].calls;
}

function inboxOf(user: BrokerUser): string {
  return `_INBOX_${user}.>`;
}

/** To make the stream, keep its settings, and see what it holds; not to delete, purge or back it up. */
const streamRights = ['CREATE', 'UPDATE', 'INFO', 'MSG.GET'].map(
  (verb) => `$JS.API.STREAM.${verb}.${eventStream}`,
);

/** To make one's own consumer and take from it. Acknowledgements come in two spellings, the second of newer brokers. */
function consumerRights(durable: string): string[] {
  return [
    `$JS.API.CONSUMER.CREATE.${eventStream}.${durable}.>`,
    `$JS.API.CONSUMER.DURABLE.CREATE.${eventStream}.${durable}`,
    `$JS.API.CONSUMER.INFO.${eventStream}.${durable}`,
    `$JS.API.CONSUMER.MSG.NEXT.${eventStream}.${durable}`,
    `$JS.ACK.${eventStream}.${durable}.>`,
    `$JS.ACK.*.*.${eventStream}.${durable}.>`,
  ];
}
