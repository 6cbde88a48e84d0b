export { calendarOf, type CalendarEntry } from './calendar.js';
export { instantsShownAs, shiftWallClock } from './wall-clock.js';
