import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, createLazyRoute, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { Tour } from '#contracts/stops';
import { inLang, pathIn } from '../../../../shared/language.js';
import { call } from '../../api/call.js';
import { stops } from '../../api/queries.js';
import { FormEnd, Line, Lines, Tick } from '../../form/fields.js';
import { patchBetween } from '../../form/patch.js';
import { useForm } from '../../form/use-form.js';
import { AskFirst } from '../../ui/act.js';
import { OfAddress } from '../../ui/of-address.js';
import { Screen } from '../../ui/screen.js';
import { lang, words } from '../../words/index.js';
import { SignedIn } from '../account/signed-in.js';
import { LostSessions, type Unscheduled } from './lost-sessions.js';
import { PartnerRows } from './stop-rows.js';
import { tour as tourQuery } from './stops.queries.js';
import { tourBody, tourDraftOf } from './tour-draft.js';
import { t } from './words.js';

type ChangedTour = Tour & { readonly unscheduledSessions?: readonly Unscheduled[] };

function Page() {
  const { tourId = '' } = useParams({ strict: false });
  const query = useQuery(tourQuery(tourId));
  return (
    <SignedIn role="organizer">
      {() => <OfAddress query={query}>{(tour) => <EditTour tour={tour} />}</OfAddress>}
    </SignedIn>
  );
}

function EditTour({ tour }: { tour: Tour }) {
  const client = useQueryClient();
  const before = tourDraftOf(tour);
  const [saved, setSaved] = useState<ChangedTour | null>(null);
  const refresh = async () => {
    await client.invalidateQueries({ queryKey: ['tour', tour.id] });
    await client.invalidateQueries({ queryKey: ['stops'] });
  };
  const form = useForm({
    name: `edit tour ${tour.id}`,
    empty: before,
    send: (draft) =>
      call<ChangedTour>('PATCH', `/tours/${tour.id}`, {
        body: patchBetween(tourBody(before), tourBody(draft)),
        version: tour.version,
      }),
    onDone: async (changed) => {
      setSaved(changed);
      await refresh();
    },
    onStale: refresh,
  });
  const isSame = Object.keys(patchBetween(tourBody(before), tourBody(form.values))).length === 0;
  return (
    <Screen
      title={t.tourTitle(inLang(tour.name, lang))}
      above={<Link to="/console">{words.console.tours}</Link>}
    >
      <PublicPage tour={tour} />
      <form className="stack form" onSubmit={form.submit} noValidate>
        <div className="two">
          <Line form={form} at="nameZh" pointer="/name/zh" label={t.nameZh} isRequired />
          <Line form={form} at="nameEn" pointer="/name/en" label={t.nameEn} />
        </div>
        <Lines
          form={form}
          at="descriptionZh"
          pointer="/description/zh"
          label={t.descriptionZh}
          hint={t.markdown}
          rows={5}
        />
        <Lines form={form} at="descriptionEn" pointer="/description/en" label={t.descriptionEn} rows={5} />
        <div className="two">
          <Line form={form} at="website" type="url" label={t.website} />
          <Line
            form={form}
            at="travelMinutes"
            pointer="/speakerTravelMinutes"
            label={t.travelMinutes}
            isRequired
          />
        </div>
        <p>
          <Tick form={form} at="isOverlapping" label={t.overlapping} />
        </p>
        <PartnerRows form={form} />
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
      <RemoveTour tour={tour} />
    </Screen>
  );
}

/** Only once one of its stops was published, the public sees a tour. */
function PublicPage({ tour: { id } }: { tour: Tour }) {
  const known = useQuery(stops).data?.find(({ tour }) => tour.id === id);
  const isPublic = known?.stops.some(({ status }) => status !== 'draft') === true;
  return <p>{isPublic ? <a href={pathIn(lang, `/tours/${id}`)}>{t.publicPage}</a> : t.notPublic}</p>;
}

function RemoveTour({ tour }: { tour: Tour }) {
  const navigate = useNavigate();
  return (
    <p className="actions">
      <AskFirst
        button={t.removeTour}
        title={t.removeTourTitle}
        hint={t.removeHint}
        action={t.yes.remove}
        run={() => call('DELETE', `/tours/${tour.id}`, { version: tour.version })}
        refresh={['stops']}
        onDone={() => navigate({ to: '/console' })}
      />
    </p>
  );
}

export const route = createLazyRoute('/console/tours/$tourId')({ component: Page });
