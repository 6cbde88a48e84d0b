import {
  addRooms,
  apiKeyChanged,
  getCompanyStates,
  getRoomsInUse,
  getSessionState,
  getStopState,
  serviceOf,
  timetableReleased,
  type RequestContract,
} from '#contracts';
import { eventStream } from './streams.js';

/** What a user of the broker may send and hear; everything else is refused. */
export interface BrokerRights {
  publish: readonly string[];
  /** `subject queue` allows a subject only as a member of that queue. */
  subscribe: readonly string[];
}

interface ServiceTraffic {
  /** The requests it makes of neighbours. */
  asks: readonly RequestContract[];
  /** The neighbours whose events it consumes. */
  follows: readonly string[];
}

/** Who talks to whom. A service that asks or follows anybody else is refused by the broker. */
export const traffic = {
  accounts: { asks: [getStopState], follows: [] },
  stops: { asks: [getRoomsInUse], follows: [] },
  registrations: {
    asks: [getStopState, getCompanyStates, getSessionState],
    follows: ['accounts', 'sessions', 'stops'],
  },
  sessions: { asks: [getStopState, getCompanyStates, addRooms], follows: ['accounts', 'stops'] },
} as const satisfies Record<string, ServiceTraffic>;

type Service = keyof typeof traffic;

/** The events that pass the gateway's ears, to keep its memory right. */
const heardByGateway = [apiKeyChanged.subject, timetableReleased.subject, 'evt.stops.>'];
/** What replicas of the gateway tell each other. */
const amongGateways = 'edge.>';

/** One user for each kind of process. */
export const brokerUsers = ['gateway', 'accounts', 'stops', 'registrations', 'sessions'] as const;
export type BrokerUser = (typeof brokerUsers)[number];

/** The rights of one kind of process, derived from the table above. */
export function brokerRights(user: BrokerUser): BrokerRights {
  if (user !== 'gateway') return serviceRights(user);
  return {
    publish: ['rpc.>', amongGateways],
    subscribe: [...heardByGateway, amongGateways, inboxOf(user)],
  };
}

function serviceRights(service: Service): BrokerRights {
  const { asks, follows }: ServiceTraffic = traffic[service];
  return {
    publish: [
      ...asks.map(({ subject }) => subject),
      ...answerRights(service),
      `evt.${service}.>`,
      ...streamRights,
      ...follows.flatMap((source) => consumerRights(`${service}-${source}`)),
    ],
    subscribe: [`rpc.${service}.> ${service}`, inboxOf(service)],
  };
}

/** Where those who ask it wait for its answers, and for nobody else's (see ReplyBox). An operator may ask everybody. */
function answerRights(service: Service): string[] {
  const neighbours = (Object.entries(traffic) as [Service, ServiceTraffic][])
    .filter(([, { asks }]) => asks.some((contract) => serviceOf(contract) === service))
    .map(([name]) => name);
  return ['gateway', 'operator', ...neighbours].map((asker) => `_INBOX_${asker}.${service}.>`);
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
