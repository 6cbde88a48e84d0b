import './sessions.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createLazyRoute, useNavigate, useParams } from '@tanstack/react-router';
import type { Session } from '#contracts/sessions';
import type { Stop } from '#contracts/stops';
import { call } from '../../api/call.js';
import { FormEnd } from '../../form/fields.js';
import { useForm } from '../../form/use-form.js';
import { OfStop } from '../../ui/of-address.js';
import { Loaded } from '../../ui/ui.js';
import { SignedIn } from '../account/signed-in.js';
import { StopScreen } from '../organizer/stop-screen.js';
import { draftOf, sessionPatch } from './session-draft.js';
import { SessionFields } from './session-fields.js';
import { t } from './session-words.js';

const Page = () => (
  <SignedIn role="organizer">{() => <OfStop>{(stop) => <OneSession stop={stop} />}</OfStop>}</SignedIn>
);

function OneSession({ stop }: { stop: Stop }) {
  const { sessionId = '' } = useParams({ strict: false });
  const query = useQuery({
    queryKey: ['session', sessionId],
    queryFn: () => call<Session>('GET', `/sessions/${sessionId}`),
    // A form is made from what there is now, and asked again after 412 alone.
    staleTime: Infinity,
    gcTime: 0,
  });
  return (
    <StopScreen stop={stop} title={t.editTitle}>
      <Loaded query={query}>
        {(session) => <EditSession stop={stop} session={session} onStale={() => query.refetch()} />}
      </Loaded>
    </StopScreen>
  );
}

interface EditProps {
  readonly stop: Stop;
  readonly session: Session;
  readonly onStale: () => unknown;
}

function EditSession({ stop, session, onStale }: EditProps) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const form = useForm({
    name: `session ${session.id}`,
    empty: draftOf(session),
    send: (draft) =>
      call<Session>('PATCH', `/sessions/${session.id}`, {
        body: sessionPatch(session, draft),
        version: session.version,
      }),
    onDone: async () => {
      // The list that is shown next needs the new version at once.
      await client.invalidateQueries({ queryKey: ['sessions'], refetchType: 'all' });
      await navigate({ to: '/console/stops/$stopId/sessions', params: { stopId: stop.id } });
    },
    onStale,
  });
  return (
    <form className="stack form" onSubmit={form.submit} noValidate>
      <SessionFields form={form} />
      <FormEnd form={form} label={t.save} />
    </form>
  );
}

export const route = createLazyRoute('/console/stops/$stopId/sessions/$sessionId')({ component: Page });
