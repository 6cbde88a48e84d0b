import type { Stop } from '#contracts/stops';
import { pathIn } from '../../../../shared/language.js';
import { lang } from '../../words/index.js';
import { t } from './releases-words.js';

/** The released timetable as files. */
export function Exports({ stop }: { stop: Stop }) {
  const api = `/v1/stops/${stop.id}`;
  const files: readonly (readonly [label: string, href: string])[] = [
    [t.files.print, pathIn(lang, `/stops/${stop.id}/print`)],
    [t.files.calendar, `${api}/timetable.ics?lang=${lang}`],
    [t.files.json, `${api}/schedule.json`],
    [t.files.xml, `${api}/schedule.xml`],
  ];
  return (
    <section aria-labelledby="exports">
      <h2 id="exports">{t.exports}</h2>
      <p className="muted">{t.exportsHint}</p>
      <ul className="export-list">
        {files.map(([label, href]) => (
          <li key={href}>
            <a href={href}>{label}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}
