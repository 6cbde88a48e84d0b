import { retentionSettings } from '#service';

/** What sessions is told besides the settings of every service. */
export const sessionsSettings = { ...retentionSettings };
