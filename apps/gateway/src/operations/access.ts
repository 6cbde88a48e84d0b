import type { Role } from '#contracts';

/** Who may call an operation. Nobody may call what names none of these: a route without a row does not compile. */
export const anyone: readonly Role[] = ['public', 'company', 'organizer', 'staff', 'admin'];
export const anyKey: readonly Role[] = ['company', 'organizer', 'staff', 'admin'];
export const admin: readonly Role[] = ['admin'];
export const organizer: readonly Role[] = ['organizer'];
export const company: readonly Role[] = ['company'];
export const companyOrOrganizer: readonly Role[] = ['company', 'organizer'];
export const door: readonly Role[] = ['staff', 'organizer'];
/** Who may make keys: for its own organization or company, and an admin for any. */
export const keyMakers: readonly Role[] = ['company', 'organizer', 'admin'];
/** Who has members: an organization or a company. */
export const memberKeepers: readonly Role[] = ['company', 'organizer'];
export const auditors: readonly Role[] = ['organizer', 'admin'];
