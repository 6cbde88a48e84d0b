import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, createLazyRoute, useNavigate, useParams } from '@tanstack/react-router';
import type { Session } from '#contracts/sessions';
import { call } from '../../api/call.js';
import { patchBetween } from '../../form/patch.js';
import { useForm } from '../../form/use-form.js';
import { Screen } from '../../ui/screen.js';
import { Loaded } from '../../ui/ui.js';
import { SignedIn } from '../account/signed-in.js';
import { proposalBody, proposalDraftOf } from './proposal-draft.js';
import { ProposalForm } from './proposal-form.js';
import { t } from './words.js';

const session = (id: string) =>
  queryOptions({ queryKey: ['session', id], queryFn: () => call<Session>('GET', `/sessions/${id}`) });

function Page() {
  const { id = '' } = useParams({ strict: false });
  const query = useQuery(session(id));
  return (
    <SignedIn role="company">
      {() => (
        <Screen title={t.editTitle} above={<Link to="/company/sessions">{t.title}</Link>}>
          <Loaded query={query}>{(one) => <Edit session={one} />}</Loaded>
        </Screen>
      )}
    </SignedIn>
  );
}

function Edit({ session: one }: { session: Session }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const before = proposalDraftOf(one);
  const refresh = async () => {
    await client.invalidateQueries({ queryKey: ['session', one.id] });
    // The list that is shown next needs the new version at once.
    await client.invalidateQueries({ queryKey: ['sessions'], refetchType: 'all' });
  };
  const form = useForm({
    name: `session ${one.id}`,
    empty: before,
    send: (draft) =>
      call('PATCH', `/sessions/${one.id}`, {
        body: patchBetween(proposalBody(before), proposalBody(draft)),
        version: one.version,
      }),
    onDone: async () => {
      await refresh();
      await navigate({ to: '/company/sessions' });
    },
    onStale: refresh,
  });
  const isSame = Object.keys(patchBetween(proposalBody(before), proposalBody(form.values))).length === 0;
  if (one.status !== 'proposed' && one.status !== 'accepted') return <p className="notice">{t.fixed}</p>;
  return <ProposalForm form={form} label={t.save} isSame={isSame} />;
}

export const route = createLazyRoute('/company/sessions/$id')({ component: Page });
