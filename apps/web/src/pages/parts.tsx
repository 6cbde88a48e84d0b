import type { ReactNode } from 'react';
import { htmlLang, localize, type Lang, type Localized } from '../../shared/language.js';
import { cityOf, stopTitle } from '../../shared/stop-title.js';
import type { StopState } from '../../shared/stop-state.js';
import type { Words } from '../../shared/words/words.js';
import type { Availability } from '../api/page-data.js';
import { markdown } from './markdown.js';

/** A text of the API. Where it exists in the other language only, that language is named for fonts and voices. */
export function Text({ of: text, lang }: { of: Localized; lang: Lang }): ReactNode {
  const found = localize(text, lang);
  return found.lang === lang ? found.text : <span lang={htmlLang[found.lang]}>{found.text}</span>;
}

/** The title of a stop, with its language where that is the other one. */
export function StopTitle({
  of: stop,
  lang,
}: {
  of: Parameters<typeof stopTitle>[0];
  lang: Lang;
}): ReactNode {
  const title = stopTitle(stop, lang);
  return title.lang === lang ? title.text : <span lang={htmlLang[title.lang]}>{title.text}</span>;
}

/** The city of a stop. */
export function City({ of: stop, lang }: { of: Parameters<typeof cityOf>[0]; lang: Lang }): ReactNode {
  const city = cityOf(stop, lang);
  return city.lang === lang ? city.text : <span lang={htmlLang[city.lang]}>{city.text}</span>;
}

/** A longer text, which organizers write in Markdown. */
export function Prose({ of: text, lang }: { of: Localized; lang: Lang }): ReactNode {
  const found = localize(text, lang);
  return (
    <div
      className="prose"
      lang={htmlLang[found.lang]}
      dangerouslySetInnerHTML={{ __html: markdown(found.text) }}
    />
  );
}

/** The state of a stop in words; its colour says nothing more. */
export function StateTag({ state, words }: { state: StopState; words: Words }): ReactNode {
  return <span className={`tag tag-${state}`}>{words.states[state]}</span>;
}

/** Seats left, as a bar and in words. */
export function SeatsLeft({ seats, words }: { seats: Availability | null; words: Words }): ReactNode {
  if (seats === null) return <span className="seats muted">{words.seats.unknown}</span>;
  return (
    <span className="seats">
      <meter min={0} max={seats.capacity} value={seats.capacity - seats.left} aria-hidden="true" />
      <span>
        {words.seats.left(seats.left)}
        {seats.waitlisted > 0 ? ` · ${words.seats.waiting(seats.waitlisted)}` : ''}
      </span>
    </span>
  );
}

export const partnerRoles = ['host', 'guide', 'co_organizer', 'supporter', 'media'] as const;

export interface Partner {
  readonly name: Localized;
  readonly role: (typeof partnerRoles)[number];
}

/** Partners by their roles, in the order that Chinese programmes keep. */
export function Partners({
  of: partners,
  words,
  lang,
}: {
  of: readonly Partner[];
  words: Words;
  lang: Lang;
}): ReactNode {
  const roles = partnerRoles.filter((role) => partners.some((one) => one.role === role));
  return (
    <dl className="facts">
      {roles.map((role) => (
        <div key={role}>
          <dt>{words.roles[role]}</dt>
          <dd>
            <ul className="plain">
              {partners
                .filter((one) => one.role === role)
                .map((one, index) => (
                  <li key={index}>
                    <Text of={one.name} lang={lang} />
                  </li>
                ))}
            </ul>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** One row of a list of facts. */
export function Fact({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** How to get a calendar: subscribe, download, copy the address; and the way that works inside WeChat. */
export function CalendarLinks({ url, words }: { url: string; words: Words }): ReactNode {
  const { calendar } = words;
  return (
    <div className="calendar">
      <p className="actions">
        <a className="button" href={url.replace(/^https?:/, 'webcal:')}>
          {calendar.subscribe}
        </a>
        <a className="button button-plain" href={url} download>
          {calendar.download}
        </a>
      </p>
      <details data-wechat="">
        <summary>{calendar.wechatTitle}</summary>
        <p>{calendar.wechat}</p>
        <p>
          <span className="muted">{calendar.address}</span>{' '}
          <code className="address" data-copy={calendar.copied} data-copy-label={calendar.copy}>
            {url}
          </code>
        </p>
      </details>
    </div>
  );
}
