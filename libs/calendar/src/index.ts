export { calendarOf, type CalendarEntry } from './calendar.js';
export { shiftWallClock } from './wall-clock.js';
