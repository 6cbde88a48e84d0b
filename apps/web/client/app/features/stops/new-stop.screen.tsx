import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, createLazyRoute, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { Stop } from '#contracts/stops';
import { stopTitle } from '../../../../shared/stop-title.js';
import { call } from '../../api/call.js';
import { stop as stopQuery } from '../../api/queries.js';
import { FormEnd } from '../../form/fields.js';
import { useForm } from '../../form/use-form.js';
import { Screen } from '../../ui/screen.js';
import { Loaded } from '../../ui/ui.js';
import { lang, words } from '../../words/index.js';
import { SignedIn } from '../account/signed-in.js';
import { copyOf, emptyStop, stopBody, type StopDraft } from './stop-draft.js';
import { StopFields } from './stop-fields.js';
import { t } from './words.js';

function Page() {
  const { copy }: { copy?: string } = useSearch({ strict: false });
  const original = useQuery({ ...stopQuery(copy ?? ''), enabled: copy !== undefined });
  if (copy === undefined) {
    return <SignedIn role="organizer">{() => <NewStop name={t.newTitle} empty={emptyStop} />}</SignedIn>;
  }
  return (
    <SignedIn role="organizer">
      {() => (
        <Loaded query={original}>
          {(stop) => (
            <NewStop name={t.copyTitle(stopTitle(stop, lang).text)} lead={t.copyHint} empty={copyOf(stop)} />
          )}
        </Loaded>
      )}
    </SignedIn>
  );
}

function NewStop({ name, lead, empty }: { name: string; lead?: string; empty: StopDraft }) {
  const { tourId = '' } = useParams({ strict: false });
  const client = useQueryClient();
  const navigate = useNavigate();
  const form = useForm({
    name: `new stop ${tourId} ${name}`,
    empty,
    send: (draft, idempotencyKey) =>
      call<Stop>('POST', `/tours/${tourId}/stops`, { body: stopBody(draft), idempotencyKey }),
    onDone: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['stops'] });
      await navigate({ to: '/console/stops/$stopId', params: { stopId: id } });
    },
  });
  return (
    <Screen
      title={name}
      above={<Link to="/console">{words.console.tours}</Link>}
      {...(lead === undefined ? {} : { lead })}
    >
      <form className="stack form" onSubmit={form.submit} noValidate>
        <StopFields form={form} hasFixedDates={false} />
        <FormEnd form={form} label={t.make} />
      </form>
    </Screen>
  );
}

export const route = createLazyRoute('/console/tours/$tourId/stops/new')({ component: Page });
