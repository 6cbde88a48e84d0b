import { shortDateOf, timeRange, zoneLabel } from '../../shared/time.js';
import type { Lang } from '../../shared/language.js';

/** Times stand on the clock of the stop; a reader elsewhere gets them on the own one with one tap, and back. */
export function startZoneSwitch(): void {
  const line = document.querySelector<HTMLElement>('[data-zone]');
  const place = line?.querySelector<HTMLElement>('[data-zone-switch]');
  const label = line?.querySelector<HTMLElement>('[data-zone-label]');
  const stopZone = line?.dataset['zone'];
  if (!place || !label || stopZone === undefined) return;
  const times = [...document.querySelectorAll<HTMLTimeElement>('time[data-until]')];
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const differs = times.some(
    ({ dateTime }) =>
      zoneLabel(dateTime, own).split(', ')[1] !== zoneLabel(dateTime, stopZone).split(', ')[1],
  );
  if (!differs) return;
  const lang: Lang = document.documentElement.lang.startsWith('zh') ? 'zh' : 'en';
  const originals = [label, ...times].map((one) => [one, one.textContent] as const);
  const { zoneSwitch = '', zoneBack = '' } = place.dataset;
  const button = document.createElement('button');
  button.type = 'button';
  const showOwn = (isOwn: boolean): void => {
    button.setAttribute('aria-pressed', String(isOwn));
    button.textContent = isOwn ? zoneBack : `${zoneSwitch} (${zoneLabel(times[0]?.dateTime ?? '', own)})`;
    if (!isOwn) for (const [one, text] of originals) one.textContent = text;
    else {
      label.textContent = zoneLabel(times[0]?.dateTime ?? '', own);
      for (const time of times) time.textContent = ownTime(time, own, stopZone, lang);
    }
  };
  button.addEventListener('click', () => showOwn(button.getAttribute('aria-pressed') !== 'true'));
  showOwn(false);
  place.append(button);
}

/** With the day where it is another one there. */
function ownTime({ dateTime, dataset }: HTMLTimeElement, own: string, stopZone: string, lang: Lang): string {
  const range = timeRange(dateTime, dataset['until'] ?? dateTime, own);
  const day = shortDateOf(dateTime, own, lang);
  return day === shortDateOf(dateTime, stopZone, lang) ? range : `${day} ${range}`;
}
