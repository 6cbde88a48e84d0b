import { useQueryClient } from '@tanstack/react-query';
import { Link, createLazyRoute, useNavigate } from '@tanstack/react-router';
import type { Session } from '#contracts/sessions';
import type { Stop } from '#contracts/stops';
import { stopTitle } from '../../../../shared/stop-title.js';
import { call } from '../../api/call.js';
import { useForm } from '../../form/use-form.js';
import { OfStop } from '../../ui/of-address.js';
import { Screen } from '../../ui/screen.js';
import { lang } from '../../words/index.js';
import { SignedIn } from '../account/signed-in.js';
import { emptyProposal, proposalBody } from './proposal-draft.js';
import { ProposalForm } from './proposal-form.js';
import { t } from './words.js';

const Page = () => (
  <SignedIn role="company">{() => <OfStop>{(stop) => <Propose stop={stop} />}</OfStop>}</SignedIn>
);

function Propose({ stop }: { stop: Stop }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const form = useForm({
    name: `proposal ${stop.id}`,
    empty: emptyProposal,
    send: (draft, idempotencyKey) =>
      call<Session>('POST', `/stops/${stop.id}/sessions`, { body: proposalBody(draft), idempotencyKey }),
    onDone: async () => {
      // The list that is shown next needs the new version at once.
      await client.invalidateQueries({ queryKey: ['sessions'], refetchType: 'all' });
      await navigate({ to: '/company/sessions' });
    },
  });
  return (
    <Screen
      title={t.proposeTitle(stopTitle(stop, lang).text)}
      above={<Link to="/company/sessions">{t.title}</Link>}
    >
      <ProposalForm form={form} label={t.send} />
    </Screen>
  );
}

export const route = createLazyRoute('/company/stops/$stopId/sessions/new')({ component: Page });
