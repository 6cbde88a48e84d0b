/** The injection token of a service's own settings, as `config.ts` typed them. */
export const CONFIG = Symbol('config');
/** The injection token of the process's pino logger. */
export const LOGGER = Symbol('logger');
