import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, createLazyRoute } from '@tanstack/react-router';
import { useState } from 'react';
import type { Registration } from '#contracts/registrations';
import type { Stop } from '#contracts/stops';
import { inLang } from '../../../../shared/language.js';
import { localOf } from '../../../../shared/local-time.js';
import { stopTitle } from '../../../../shared/stop-title.js';
import { momentOf } from '../../../../shared/time.js';
import { call } from '../../api/call.js';
import { registrations, sessions as sessionsQuery, stops } from '../../api/queries.js';
import { FormEnd, Line, Lines } from '../../form/fields.js';
import { useForm } from '../../form/use-form.js';
import { OfStop } from '../../ui/of-address.js';
import { together } from '../../ui/together.js';
import { Loaded } from '../../ui/ui.js';
import { lang } from '../../words/index.js';
import { SignedIn } from '../account/signed-in.js';
import { StopScreen } from '../organizer/stop-screen.js';
import { LostSessions, type Unscheduled } from './lost-sessions.js';
import { previewReschedule, type ReschedulePreview } from './reschedule.js';
import { releaseCount } from './stops.queries.js';
import { t } from './words.js';

const Page = () => (
  <SignedIn role="organizer">{() => <OfStop>{(stop) => <Reschedule stop={stop} />}</OfStop>}</SignedIn>
);

function Reschedule({ stop }: { stop: Stop }) {
  const client = useQueryClient();
  const [lost, setLost] = useState<readonly Unscheduled[] | null>(null);
  const sessions = useQuery(sessionsQuery(stop.id));
  const tours = useQuery(stops);
  const registered = useQuery(registrations(stop.id));
  const released = useQuery(releaseCount(stop.id));
  const ofTour = tours.data?.find(({ tour }) => tour.id === stop.tourId);
  const form = useForm({
    name: `reschedule ${stop.id}`,
    empty: {
      startsAt: localOf(stop.startsAt, stop.timeZone),
      endsAt: localOf(stop.endsAt, stop.timeZone),
      reason: '',
    },
    send: ({ startsAt, endsAt, reason }, idempotencyKey) => {
      const preview = previewReschedule(startsAt, endsAt, around);
      return call<Stop & { unscheduledSessions?: readonly Unscheduled[] }>(
        'POST',
        `/stops/${stop.id}/reschedule`,
        {
          body: {
            startsAt: preview?.startsAt ?? startsAt,
            endsAt: preview?.endsAt ?? endsAt,
            ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
          },
          version: stop.version,
          idempotencyKey,
        },
      );
    },
    onDone: async ({ unscheduledSessions = [] }) => {
      setLost(unscheduledSessions);
      await Promise.all(
        [['stop', stop.id], ['stops'], ['sessions']].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      );
    },
    onStale: () => client.invalidateQueries({ queryKey: ['stop', stop.id] }),
  });
  const around = {
    stop,
    sessions: sessions.data ?? [],
    others: ofTour === undefined || ofTour.tour.overlappingStops ? [] : ofTour.stops,
  };
  const preview = previewReschedule(form.values.startsAt, form.values.endsAt, around);
  const canSend = preview !== null && !preview.isSame && !preview.endsFirst;
  return (
    <StopScreen stop={stop} title={t.reschedule}>
      {lost === null ? null : (
        <>
          <p className="notice notice-good" role="status">
            {t.savedAs}{' '}
            <Link to="/console/stops/$stopId" params={{ stopId: stop.id }}>
              {t.toStop}
            </Link>
          </p>
          <LostSessions sessions={lost} />
        </>
      )}
      <form className="stack form" onSubmit={form.submit} noValidate>
        <div className="two">
          <Line form={form} at="startsAt" type="datetime-local" label={t.startsAt} isRequired />
          <Line form={form} at="endsAt" type="datetime-local" label={t.endsAt} isRequired />
        </div>
        <Lines form={form} at="reason" label={t.reason} rows={2} />
        <section className="panel" aria-labelledby="touches" aria-live="polite">
          <h2 id="touches">{t.touches}</h2>
          <Loaded query={together(registered, sessions, tours, released)}>
            {([all, , , releases]) => (
              <Touches stop={stop} preview={preview} registrations={all} releases={releases} />
            )}
          </Loaded>
        </section>
        <FormEnd form={form} label={t.doReschedule} isDisabled={!canSend} />
      </form>
    </StopScreen>
  );
}

interface TouchesProps {
  readonly stop: Stop;
  readonly preview: ReschedulePreview | null;
  readonly registrations: readonly Registration[];
  readonly releases: number;
}

/** Before anything happens: what would, in words. */
function Touches({ stop, preview, registrations: all, releases }: TouchesProps) {
  if (preview === null) return <p>{t.fillTimes}</p>;
  if (preview.isSame || preview.endsFirst) return <p>{preview.isSame ? t.sameTime : t.endFirst}</p>;
  const live = all.filter(({ status }) => status !== 'cancelled' && status !== 'declined');
  const seats = live.reduce((sum, one) => sum + one.seats, 0);
  return (
    <ul>
      {preview.overlapping.map((other) => (
        <li key={other.id}>
          <strong>{t.overlapsWith(stopTitle(other, lang).text)}</strong>
        </li>
      ))}
      <li>{t.registrationsKept(live.length, seats)}</li>
      <li>
        {t.window(
          momentOf(preview.closesAt, stop.timeZone, lang),
          momentOf(preview.changesUntil, stop.timeZone, lang),
        )}
      </li>
      {preview.moving.length === 0 ? null : <li>{t.sessionsMove(preview.moving.length)}</li>}
      {preview.lost.length === 0 ? null : (
        <li>
          {t.sessionsLost(preview.lost.length)}
          <ul>
            {preview.lost.map(({ id, title }) => (
              <li key={id}>{inLang(title, lang)}</li>
            ))}
          </ul>
        </li>
      )}
      {releases === 0 ? null : <li>{t.released}</li>}
    </ul>
  );
}

export const route = createLazyRoute('/console/stops/$stopId/reschedule')({ component: Page });
