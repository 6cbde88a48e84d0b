export { calendarOf, type CalendarEntry } from './calendar.js';
export { invitationOf, type CalendarParty } from './invitation.js';
export { localDate, localRange, localSecond, zonedRange, zonedTime } from './local-time.js';
export { zoneName } from './zone-name.js';
export { instantsShownAs, shiftWallClock } from './wall-clock.js';
