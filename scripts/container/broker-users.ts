import { authorizationBlock } from '#messaging';

/** Prints deploy/nats/users.conf: who may do what on the broker, with each public key read from its environment. */
process.stdout.write(authorizationBlock((user) => `$${user.toUpperCase()}_NKEY`, '$OPERATOR_NKEY'));
