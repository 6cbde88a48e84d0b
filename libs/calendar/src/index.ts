export { calendarOf, type CalendarEntry } from './calendar.js';
