export { calendarOf, type CalendarEntry } from './calendar.js';
export { invitationOf, type CalendarParty } from './invitation.js';
export { localDate, localRange, localSecond, localTime } from './local-time.js';
export { instantsShownAs, shiftWallClock } from './wall-clock.js';
