import { z } from 'zod';

/** What registrations is told besides the settings of every service. */
export const registrationsSettings = {
  /** `off` gives every command a transaction of its own: to measure what batching brings, never in earnest. */
  REGISTRATION_BATCHING: z.enum(['on', 'off']).default('on'),
};

export type RegistrationsConfig = z.output<z.ZodObject<typeof registrationsSettings>>;
