import { useQuery } from '@tanstack/react-query';
import { Link, createLazyRoute } from '@tanstack/react-router';
import { useState } from 'react';
import type { Stop } from '#contracts/stops';
import { inLang } from '../../../../shared/language.js';
import { stopTitle } from '../../../../shared/stop-title.js';
import { momentOf } from '../../../../shared/time.js';
import { ApiProblem, call } from '../../api/call.js';
import { company } from '../../api/queries.js';
import { useAct } from '../../ui/act.js';
import { OfStop } from '../../ui/of-address.js';
import { Screen } from '../../ui/screen.js';
import { Button, Loaded, Problem } from '../../ui/ui.js';
import { lang } from '../../words/index.js';
import { SignedIn } from '../account/signed-in.js';
import { AskDialog } from './ask-dialog.js';
import { isLiveWith, requestsLeft } from './meeting-groups.js';
import {
  interests,
  meetingRules,
  meetings,
  suggestions,
  vocabulary,
  type SuggestionShown,
} from './matching.queries.js';
import { t } from './words.js';

/** The companies that fit, best first, and why. */
const Partners = () => (
  <SignedIn role="company">
    {() => (
      <OfStop>
        {(stop) => (
          <Screen
            title={t.partners}
            lead={t.atStop(stopTitle(stop, lang).text)}
            above={<Link to="/company/matching">{t.back}</Link>}
          >
            <MeetingWindow stop={stop} />
            <Suggested stop={stop} />
          </Screen>
        )}
      </OfStop>
    )}
  </SignedIn>
);

function MeetingWindow({ stop }: { stop: Stop }) {
  const rules = useQuery(meetingRules(stop.id));
  const own = useQuery(company);
  const mine = useQuery({ ...meetings(stop.id), retry: false });
  return (
    <Loaded query={rules}>
      {(found) =>
        found === null ? (
          <p className="notice">{t.rulesNone}</p>
        ) : (
          <p className="muted">
            {t.window(
              momentOf(found.opensAt, stop.timeZone, lang),
              momentOf(found.closesAt, stop.timeZone, lang),
            )}
            {own.data === undefined || mine.data === undefined
              ? null
              : ` · ${t.quota(requestsLeft(mine.data, own.data.id, found.requestQuota))}`}
            {' · '}
            <Link to="/company/stops/$stopId/meetings" params={{ stopId: stop.id }}>
              {t.meetings}
            </Link>
          </p>
        )
      }
    </Loaded>
  );
}

function Suggested({ stop }: { stop: Stop }) {
  const query = useQuery(suggestions(stop.id));
  if (query.error instanceof ApiProblem && query.error.code === 'meeting.not_attending')
    return <p className="empty">{t.notAttending}</p>;
  return (
    <Loaded query={query}>
      {(items) => (
        <>
          {items.length === 0 ? (
            <p className="empty">{t.partnersNone}</p>
          ) : (
            <p className="muted">{t.interestHint}</p>
          )}
          <ul className="cards">
            {items.map((one) => (
              <li key={one.company.id} className="card">
                <Partner suggestion={one} stop={stop} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Loaded>
  );
}

function Partner({ suggestion, stop }: { suggestion: SuggestionShown; stop: Stop }) {
  const [isAsking, setAsking] = useState(false);
  const own = useQuery(company);
  const mine = useQuery({ ...meetings(stop.id), retry: false });
  const { company: partner, score, listings } = suggestion;
  const name = inLang(partner.name, lang);
  const isLive = own.data !== undefined && isLiveWith(mine.data ?? [], own.data.id, partner.id);
  return (
    <>
      <h2>{name}</h2>
      <p className="muted">
        {partner.city === null ? null : `${inLang(partner.city.name, lang)} · `}
        {t.score(score)}
      </p>
      <Why suggestion={suggestion} />
      <h3>{t.theirListings}</h3>
      <ul className="reasons">
        {listings.map(({ id, side, title }) => (
          <li key={id}>
            {t.sideOfOther[side]}: {inLang(title, lang)}
          </li>
        ))}
      </ul>
      <Interest companyId={partner.id} name={name} tourId={stop.tourId} />
      <p className="actions">
        {isLive ? (
          <Link to="/company/stops/$stopId/meetings" params={{ stopId: stop.id }}>
            {t.meetings}
          </Link>
        ) : (
          <Button onPress={() => setAsking(true)} aria-label={t.askTitle(name)}>
            {t.ask}
          </Button>
        )}
      </p>
      {isAsking ? (
        <AskDialog stopId={stop.id} suggestion={suggestion} onClose={() => setAsking(false)} />
      ) : null}
    </>
  );
}

/** The parts of the score, in words, with the concepts that they rest on. */
function Why({ suggestion }: { suggestion: SuggestionShown }) {
  const { data } = useQuery(vocabulary);
  const names = new Map(data?.lists.flatMap(({ concepts }) => concepts.map((one) => [one.id, one[lang]])));
  return (
    <>
      <h3>{t.why}</h3>
      <ul className="reasons">
        {suggestion.parts.map(({ part, points, terms }) => {
          const said = terms.map(({ conceptId, text }) => names.get(conceptId ?? '') ?? text ?? conceptId);
          const list = said.filter((one) => one !== undefined).join(lang === 'zh' ? '、' : ', ');
          return (
            <li key={part}>
              {t.part[part]}
              {list === '' ? null : `${lang === 'zh' ? '：' : ': '}${list}`}{' '}
              <span className="muted">{t.points(points)}</span>
            </li>
          );
        })}
      </ul>
    </>
  );
}

const levels = ['none', 'want', 'must', 'no'] as const;

function Interest({ companyId, name, tourId }: { companyId: string; name: string; tourId: string }) {
  const query = useQuery(interests(tourId));
  const level = query.data?.find((one) => one.companyId === companyId)?.level ?? 'none';
  const path = `/tours/${tourId}/interests/${companyId}`;
  const setting = useAct({
    run: (wanted: (typeof levels)[number]) =>
      wanted === 'none' ? call('DELETE', path) : call('PUT', path, { body: { level: wanted } }),
    refresh: ['interests', 'suggestions'],
  });
  return (
    <>
      <label className="field">
        <span className="field-label">
          {t.interestIn}
          <span className="hidden-visually"> {name}</span>
        </span>
        <select
          className="field-input"
          value={level}
          disabled={setting.isBusy || query.data === undefined}
          onChange={(event) => setting.act(event.target.value as (typeof levels)[number])}
        >
          {levels.map((one) => (
            <option key={one} value={one}>
              {t.interest[one]}
            </option>
          ))}
        </select>
      </label>
      <Problem error={setting.error} />
    </>
  );
}

export const route = createLazyRoute('/company/stops/$stopId/partners')({ component: Partners });
