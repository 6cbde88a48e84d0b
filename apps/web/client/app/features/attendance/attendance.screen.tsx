import { useQuery } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { useState } from 'react';
import type { Stop } from '#contracts/stops';
import { inLang } from '../../../../shared/language.js';
import { useLive } from '../../api/live.js';
import { OfStop } from '../../ui/of-address.js';
import { Table } from '../../ui/table.js';
import { Field, Loaded } from '../../ui/ui.js';
import { lang } from '../../words/index.js';
import { SignedIn } from '../account/signed-in.js';
import { StopScreen } from '../organizer/stop-screen.js';
import { attendance, type CompanyAttendance } from './attendance.queries.js';
import { t } from './words.js';

const Page = () => (
  <SignedIn role="organizer">{() => <OfStop>{(stop) => <Attendance stop={stop} />}</OfStop>}</SignedIn>
);

function Attendance({ stop }: { stop: Stop }) {
  const query = useQuery(attendance(stop.id));
  useLive({
    stopId: stop.id,
    types: ['check_in.*', 'registration.*'],
    refresh: ['attendance'],
  });
  return (
    <StopScreen stop={stop} title={t.title}>
      <p className="muted">{t.live}</p>
      <Loaded query={query}>
        {({ expected, checkedIn, noShows, companies }) => (
          <>
            <ul className="numbers" aria-live="polite">
              {(
                [
                  [t.expected, expected],
                  [t.checkedIn, checkedIn],
                  [t.missing, noShows],
                  [t.share, expected === 0 ? '–' : `${Math.round((100 * checkedIn) / expected)} %`],
                ] as const
              ).map(([name, number]) => (
                <li key={name}>
                  <strong>{number}</strong>
                  <span className="muted">{name}</span>
                </li>
              ))}
            </ul>
            <Companies companies={companies} />
          </>
        )}
      </Loaded>
    </StopScreen>
  );
}

function Companies({ companies }: { companies: readonly CompanyAttendance[] }) {
  const [q, setQ] = useState('');
  const [isOnlyMissing, setOnlyMissing] = useState(false);
  const wanted = q.normalize('NFKC').trim().toLowerCase();
  const rows = companies.filter(
    ({ name, expected, checkedIn }) =>
      (!isOnlyMissing || checkedIn < expected) &&
      (wanted === '' || `${name.zh ?? ''} ${name.en ?? ''}`.toLowerCase().includes(wanted)),
  );
  const isComplete = isOnlyMissing && wanted === '' && companies.length > 0;
  return (
    <>
      <div className="filters">
        <Field name="q" isSearch label={t.search} value={q} onChange={setQ} />
        <label className="tick">
          <input
            type="checkbox"
            checked={isOnlyMissing}
            onChange={(event) => setOnlyMissing(event.target.checked)}
          />
          <span>{t.onlyMissing}</span>
        </label>
      </div>
      <Table
        label={t.title}
        rows={rows}
        keyOf={({ companyId }) => companyId}
        empty={isComplete ? t.allHere : t.none}
        columns={[
          { head: t.company, cell: ({ name }) => <strong>{inLang(name, lang)}</strong> },
          { head: t.checkedIn, isNumber: true, cell: (one) => one.checkedIn },
          { head: t.expected, isNumber: true, cell: (one) => one.expected },
          { head: t.missing, isNumber: true, cell: (one) => one.expected - one.checkedIn },
          { head: t.share, cell: (one) => <Meter here={one.checkedIn} expected={one.expected} /> },
        ]}
      />
    </>
  );
}

function Meter({ here, expected }: { here: number; expected: number }) {
  return (
    <svg
      className="meter"
      viewBox="0 0 100 8"
      preserveAspectRatio="none"
      role="img"
      aria-label={t.ofThem(here, expected)}
    >
      <rect width="100" height="8" fill="#d5dce6" />
      <rect width={expected === 0 ? 0 : (100 * here) / expected} height="8" fill="#1f6b08" />
    </svg>
  );
}

export const route = createLazyRoute('/console/stops/$stopId/attendance')({ component: Page });
