import { retentionSettings } from '#service';

/** Settings of sessions beside those of every service. */
export const sessionsSettings = { ...retentionSettings };
