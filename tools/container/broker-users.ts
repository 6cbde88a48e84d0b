import { usersFile } from '#messaging';

/** Prints deploy/nats/users.conf: who may do what on the broker, with each public key named and not said. */
process.stdout.write(usersFile());
