import { useQueryClient } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { useState } from 'react';
import type { Stop } from '#contracts/stops';
import { ApiProblem, call } from '../../api/call.js';
import { FormEnd } from '../../form/fields.js';
import { patchBetween } from '../../form/patch.js';
import { useForm } from '../../form/use-form.js';
import { OfStop } from '../../ui/of-address.js';
import { SignedIn } from '../account/signed-in.js';
import { StopScreen } from '../organizer/stop-screen.js';
import { LostSessions, type Unscheduled } from './lost-sessions.js';
import { draftOf, stopBody } from './stop-draft.js';
import { StopFields } from './stop-fields.js';
import { t } from './words.js';

type ChangedStop = Stop & { readonly unscheduledSessions?: readonly Unscheduled[] };

const Page = () => (
  <SignedIn role="organizer">{() => <OfStop>{(stop) => <Edit stop={stop} />}</OfStop>}</SignedIn>
);

function Edit({ stop }: { stop: Stop }) {
  const client = useQueryClient();
  // What others change meanwhile stays theirs: only what differs from it is sent.
  const before = draftOf(stop);
  const [saved, setSaved] = useState<ChangedStop | null>(null);
  const refresh = async () => {
    await client.invalidateQueries({ queryKey: ['stop', stop.id] });
    await client.invalidateQueries({ queryKey: ['stops'] });
  };
  const form = useForm({
    name: `edit stop ${stop.id}`,
    empty: before,
    send: (draft) =>
      call<ChangedStop>('PATCH', `/stops/${stop.id}`, {
        body: patchBetween(stopBody(before), stopBody(draft)),
        version: stop.version,
      }),
    onDone: async (changed) => {
      setSaved(changed);
      await refresh();
    },
    onStale: refresh,
  });
  const isSame = Object.keys(patchBetween(stopBody(before), stopBody(form.values))).length === 0;
  const isStale = form.error instanceof ApiProblem && form.error.status === 412;
  return (
    <StopScreen stop={stop} title={t.edit}>
      <form className="stack form" onSubmit={form.submit} noValidate>
        <StopFields form={form} hasFixedDates={stop.status !== 'draft'} />
        {isStale ? <p className="notice">{t.stale}</p> : null}
        {saved === null || !isSame ? null : (
          <p className="notice notice-good" role="status">
            {t.savedAs}
          </p>
        )}
        <LostSessions sessions={saved?.unscheduledSessions ?? []} />
        <FormEnd form={form} label={t.save} isDisabled={isSame}>
          {isSame ? <span className="muted">{t.nothing}</span> : null}
        </FormEnd>
      </form>
    </StopScreen>
  );
}

export const route = createLazyRoute('/console/stops/$stopId/edit')({ component: Page });
