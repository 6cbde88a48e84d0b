import { call } from '../../api/call.js';
import { useAct } from '../../ui/act.js';
import { Button, Problem } from '../../ui/ui.js';
import { lang } from '../../words/index.js';
import { t } from './meeting-words.js';

/** The company's meetings for calendar programs: a file, or an address that such a program asks again and again. */
export function MeetingCalendar() {
  const making = useAct({
    run: (_: void, idempotencyKey) =>
      call<{ href: string }>('POST', '/companies/me/calendar-feed', { body: {}, idempotencyKey }),
    refresh: [],
  });
  const href = making.data?.href;
  return (
    <details className="panel">
      <summary>{t.calendar}</summary>
      <p className="muted">{t.calendarHint}</p>
      <p className="actions">
        <a className="button button-plain" href={`/v1/companies/me/meetings.ics?lang=${lang}`} download>
          {t.download}
        </a>
        <Button look="plain" isDisabled={making.isBusy} onPress={() => making.act()}>
          {t.feed}
        </Button>
      </p>
      <p className="muted">{t.feedHint}</p>
      <Problem error={making.error} />
      {href === undefined ? null : (
        <p role="status" className="break-anywhere">
          {t.address}: <code>{new URL(href, location.origin).href}</code>
        </p>
      )}
    </details>
  );
}
