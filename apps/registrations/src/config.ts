import { z } from 'zod';
import { retentionSettings } from '#service';

/** Settings of registrations beside those of every service. */
export const registrationsSettings = {
  ...retentionSettings,
  /** `off` gives every command a transaction of its own: to measure what batching brings, never in earnest. */
  REGISTRATION_BATCHING: z.enum(['on', 'off']).default('on'),
};

export type RegistrationsConfig = z.output<z.ZodObject<typeof registrationsSettings>>;
