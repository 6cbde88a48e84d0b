import './sessions.css';
import { useQueryClient } from '@tanstack/react-query';
import { createLazyRoute, useNavigate } from '@tanstack/react-router';
import type { Session } from '#contracts/sessions';
import type { Stop } from '#contracts/stops';
import { call } from '../../api/call.js';
import { FormEnd } from '../../form/fields.js';
import { useForm } from '../../form/use-form.js';
import { OfStop } from '../../ui/of-address.js';
import { SignedIn } from '../account/signed-in.js';
import { StopScreen } from '../organizer/stop-screen.js';
import { emptySession, sessionBody } from './session-draft.js';
import { SessionFields } from './session-fields.js';
import { t } from './session-words.js';

const Page = () => (
  <SignedIn role="organizer">{() => <OfStop>{(stop) => <NewSession stop={stop} />}</OfStop>}</SignedIn>
);

function NewSession({ stop }: { stop: Stop }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const form = useForm({
    name: `new session ${stop.id}`,
    empty: emptySession,
    send: (draft, idempotencyKey) =>
      call<Session>('POST', `/stops/${stop.id}/sessions`, { body: sessionBody(draft), idempotencyKey }),
    onDone: async () => {
      // The list that is shown next needs the new version at once.
      await client.invalidateQueries({ queryKey: ['sessions'], refetchType: 'all' });
      await navigate({ to: '/console/stops/$stopId/sessions', params: { stopId: stop.id } });
    },
  });
  return (
    <StopScreen stop={stop} title={t.addTitle}>
      <p className="muted">{t.addHint}</p>
      <form className="stack form" onSubmit={form.submit} noValidate>
        <SessionFields form={form} />
        <FormEnd form={form} label={t.make} />
      </form>
    </StopScreen>
  );
}

export const route = createLazyRoute('/console/stops/$stopId/sessions/new')({ component: Page });
