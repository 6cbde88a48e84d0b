import { writeCount } from './counted.js';
import { filterFields, matches, type TimetableFilter } from '../../shared/timetable/filter.js';

/** The filter of a timetable answers at once, on the sessions that are on the page; the address follows. */
export function startFilter(): void {
  const form = document.querySelector<HTMLFormElement>('form[data-filter]');
  if (form === null) return;
  // A page that was filtered by the server does not hold the other sessions: there the server goes on.
  if (filterFields.some((name) => new URLSearchParams(location.search).get(name))) return;
  const apply = (): void => {
    const filter = read(form);
    show(filter, form);
    remember(filter);
  };
  form.addEventListener('input', (event) => {
    // Half a word of an input method is no word yet.
    if (!(event instanceof InputEvent && event.isComposing)) apply();
  });
  form.addEventListener('compositionend', apply);
  form.addEventListener('change', apply);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    apply();
  });
}

function read(form: HTMLFormElement): TimetableFilter {
  const data = new FormData(form);
  const value = (name: string): string => {
    const found = data.get(name);
    return typeof found === 'string' ? found : '';
  };
  return { room: value('room'), track: value('track'), language: value('language'), q: value('q') };
}

function show(filter: TimetableFilter, form: HTMLFormElement): void {
  let shown = 0;
  for (const item of document.querySelectorAll<HTMLElement>('.session')) {
    const { room = '', track = '', language = '' } = item.dataset;
    const found = matches({ room, track, language, text: item.textContent ?? '' }, filter);
    item.hidden = !found;
    if (found) shown += 1;
  }
  for (const day of document.querySelectorAll<HTMLElement>('.day')) {
    day.hidden = day.querySelector('.session:not([hidden])') === null;
  }
  const count = form.querySelector<HTMLElement>('[data-found]');
  if (count !== null) writeCount(count, shown);
  const none = document.querySelector<HTMLElement>('[data-none]');
  if (none !== null) none.hidden = shown > 0;
}

function remember(filter: TimetableFilter): void {
  const url = new URL(location.href);
  for (const name of filterFields) {
    if (filter[name] === '') url.searchParams.delete(name);
    else url.searchParams.set(name, filter[name]);
  }
  history.replaceState(null, '', url);
}
