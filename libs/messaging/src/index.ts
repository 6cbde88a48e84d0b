export * from './broker.js';
export * from './event-consumer.js';
export * from './event-publisher.js';
export * from './handlers.js';
export * from './hear-events.js';
export * from './nats-strategy.js';
export * from './rpc-client.js';
export * from './streams.js';
