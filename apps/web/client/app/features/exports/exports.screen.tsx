import { useQuery } from '@tanstack/react-query';
import { Link, createLazyRoute } from '@tanstack/react-router';
import { useState } from 'react';
import type { Stop } from '#contracts/stops';
import { Labelled } from '../../form/fields.js';
import { OfStop } from '../../ui/of-address.js';
import { words, wordsOf } from '../../words/index.js';
import { SignedIn } from '../account/signed-in.js';
import { statuses } from '../organizer/registration-search.js';
import { StopScreen } from '../organizer/stop-screen.js';
import { releases } from '../releases/releases.queries.js';

const t = wordsOf({
  zh: {
    title: '导出',
    people: '参会人名单',
    peopleHint: '每位参会人一行，含公司、联系人、席位和签到时间，时间为会场当地时间。',
    state: '报名状态',
    badges: '入场证',
    badgesHint: '所有已确认参会人的入场证，90 × 54 毫米，含入场码。',
    badgesA4: 'A4，每页十张（PDF）',
    badgesSingle: '每页一张（PDF）',
    meetings: '洽谈',
    meetingsHint: '每个洽谈或邀请一行，含双方公司、状态、时间和桌号；供需信息为整个巡回的。',
    listings: '供需信息',
    timetable: '日程',
    timetableNone: '发布日程之后才能导出。',
    toReleases: '发布日程',
    toImport: '导入日程',
    timetableHint: '最新发布的一版，供显示屏、App 和日历使用。',
    calendar: '日历（.ics）',
    wechat: '在微信里可能无法下载：请点右上角，选择“在浏览器打开”。',
  },
  en: {
    title: 'Exports',
    people: 'Delegates',
    peopleHint:
      'A row a delegate, with company, contact, seats and check-in; times on the clock of the stop.',
    state: 'State of the registration',
    badges: 'Badges',
    badgesHint: 'Of every confirmed delegate, 90 × 54 mm, with the code for the door.',
    badgesA4: 'A4, ten a page (PDF)',
    badgesSingle: 'One a page (PDF)',
    meetings: 'Meetings',
    meetingsHint:
      'A row a meeting or request, with both companies, state, time and table; offers and needs are those of the whole tour.',
    listings: 'Offers and needs',
    timetable: 'Timetable',
    timetableNone: 'It can be exported once it was released.',
    toReleases: 'To the releases',
    toImport: 'Import a timetable',
    timetableHint: 'The latest release, for screens, apps and calendars.',
    calendar: 'Calendar (.ics)',
    wechat: 'WeChat may not download files: open this page in the browser (top right).',
  },
});

const Page = () => (
  <SignedIn role="organizer">{() => <OfStop>{(stop) => <Exports stop={stop} />}</OfStop>}</SignedIn>
);

function Exports({ stop }: { stop: Stop }) {
  const [status, setStatus] = useState('');
  const base = `/v1/stops/${stop.id}`;
  const search = status === '' ? '' : `?status=${status}`;
  return (
    <StopScreen stop={stop} title={t.title}>
      {/MicroMessenger/i.test(navigator.userAgent) ? <p className="notice">{t.wechat}</p> : null}
      <section className="form" aria-labelledby="people">
        <h2 id="people">{t.people}</h2>
        <p className="muted">{t.peopleHint}</p>
        <Labelled label={t.state} isRequired>
          {(described) => (
            <select
              {...described}
              className="field-input"
              value={status}
              onChange={(event) => setStatus(event.target.value)}
            >
              <option value="">{words.all}</option>
              {statuses.map((one) => (
                <option key={one} value={one}>
                  {words.status[one]}
                </option>
              ))}
            </select>
          )}
        </Labelled>
        <p className="actions">
          <Download href={`${base}/registrations.xlsx${search}`} name="Excel (.xlsx)" />
          <Download href={`${base}/registrations.csv${search}`} name="CSV" />
        </p>
      </section>
      <section aria-labelledby="meetings">
        <h2 id="meetings">{t.meetings}</h2>
        <p className="muted">{t.meetingsHint}</p>
        <p className="actions">
          <Download href={`${base}/meetings.xlsx`} name={`${t.meetings} (.xlsx)`} />
          <Download href={`${base}/meetings.csv`} name={`${t.meetings} (CSV)`} />
          <Download href={`/v1/tours/${stop.tourId}/listings.xlsx`} name={`${t.listings} (.xlsx)`} />
          <Download href={`/v1/tours/${stop.tourId}/listings.csv`} name={`${t.listings} (CSV)`} />
        </p>
      </section>
      <section aria-labelledby="badges">
        <h2 id="badges">{t.badges}</h2>
        <p className="muted">{t.badgesHint}</p>
        <p className="actions">
          <Download href={`${base}/badges.pdf`} name={t.badgesA4} />
          <Download href={`${base}/badges.pdf?sheet=single`} name={t.badgesSingle} />
        </p>
      </section>
      <TimetableFiles stop={stop} />
    </StopScreen>
  );
}

/** Before the first release there is nothing that the files could hold. */
function TimetableFiles({ stop }: { stop: Stop }) {
  const made = useQuery(releases(stop.id));
  const base = `/v1/stops/${stop.id}`;
  const params = { stopId: stop.id };
  return (
    <section aria-labelledby="timetable">
      <h2 id="timetable">{t.timetable}</h2>
      {made.data?.length === 0 ? (
        <p className="muted">
          {t.timetableNone}{' '}
          <Link to="/console/stops/$stopId/releases" params={params}>
            {t.toReleases}
          </Link>
        </p>
      ) : (
        <>
          <p className="muted">{t.timetableHint}</p>
          <p className="actions">
            <Download href={`${base}/timetable.ics`} name={t.calendar} />
            <Download href={`${base}/schedule.json`} name="schedule.json" />
            <Download href={`${base}/schedule.xml`} name="schedule.xml" />
          </p>
        </>
      )}
      <p>
        <Link to="/console/stops/$stopId/import" params={params}>
          {t.toImport}
        </Link>
      </p>
    </section>
  );
}

function Download({ href, name }: { href: string; name: string }) {
  return (
    <a className="button button-plain" href={href} download>
      {name}
    </a>
  );
}

export const route = createLazyRoute('/console/stops/$stopId/exports')({ component: Page });
