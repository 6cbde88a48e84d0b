import { useQueries, useQuery } from '@tanstack/react-query';
import { Link, createLazyRoute } from '@tanstack/react-router';
import { useState } from 'react';
import type { FollowUp } from '#contracts/outcomes';
import { inLang } from '../../../../shared/language.js';
import { stopTitle } from '../../../../shared/stop-title.js';
import { call } from '../../api/call.js';
import { company, stops } from '../../api/queries.js';
import { useAct } from '../../ui/act.js';
import { Screen } from '../../ui/screen.js';
import { Button, Loaded, Problem } from '../../ui/ui.js';
import { lang } from '../../words/index.js';
import { SignedIn } from '../account/signed-in.js';
import { listings } from '../matching/matching.queries.js';
import { t } from './follow-up-words.js';
import { ownFollowUps } from './outcomes.queries.js';
import { StepDialog } from './step-dialog.js';
import { StepList } from './step-list.js';
import { inOrder, nextStages, waitingStep } from './thread.js';

const FollowUps = () => (
  <SignedIn role="company">
    {() => (
      <Screen title={t.title} lead={t.lead}>
        <OfCompany />
      </Screen>
    )}
  </SignedIn>
);

function OfCompany() {
  const own = useQuery(company);
  const query = useQuery(ownFollowUps);
  return (
    <Loaded query={own}>
      {({ id }) => <Loaded query={query}>{(all) => <Threads followUps={all} companyId={id} />}</Loaded>}
    </Loaded>
  );
}

function Threads({ followUps, companyId }: { followUps: readonly FollowUp[]; companyId: string }) {
  const [reporting, setReporting] = useState<FollowUp | null>(null);
  const { nameOf, titleOf } = useNames(followUps, companyId);
  if (followUps.length === 0)
    return (
      <p className="empty">
        {t.none} <Link to="/company/matching">{t.toMeetings}</Link>
      </p>
    );
  return (
    <>
      <ul className="cards">
        {inOrder(followUps, companyId).map((one) => (
          <li key={one.id} className="card">
            <h2>{one.subject}</h2>
            <p className="muted">
              {t.with(nameOf(one))} · {titleOf(one)}
            </p>
            <p>
              <span className={`tag tag-${one.stage === 'ended' ? 'cancelled' : 'confirmed'}`}>
                {t.stages[one.stage]}
              </span>
            </p>
            <StepList followUp={one} companyId={companyId} />
            <p className="actions">
              <Confirm followUp={one} companyId={companyId} />
              {nextStages(one).length === 0 ? null : (
                <Button look="plain" onPress={() => setReporting(one)}>
                  {t.report}
                  <span className="hidden-visually"> {one.subject}</span>
                </Button>
              )}
            </p>
          </li>
        ))}
      </ul>
      {reporting === null ? null : <StepDialog followUp={reporting} onClose={() => setReporting(null)} />}
    </>
  );
}

/** The other company as its listings name it, and the stop. */
function useNames(followUps: readonly FollowUp[], companyId: string) {
  const known = useQuery(stops);
  const all = (known.data ?? []).flatMap((one) => one.stops);
  const stopOf = ({ stopId }: FollowUp) => all.find(({ id }) => id === stopId);
  const tourIds = [...new Set(followUps.flatMap((one) => stopOf(one)?.tourId ?? []))];
  const published = useQueries({ queries: tourIds.map((id) => ({ ...listings(id), retry: false })) });
  const names = new Map(
    published.flatMap(({ data }) => (data ?? []).map((one) => [one.companyId, one.company.name] as const)),
  );
  const nameOf = ({ companies }: FollowUp): string => {
    const name = names.get(companies.find((id) => id !== companyId) ?? '');
    return name === undefined ? t.someCompany : inLang(name, lang);
  };
  const titleOf = (one: FollowUp): string => {
    const stop = stopOf(one);
    return stop === undefined ? '…' : stopTitle(stop, lang).text;
  };
  return { nameOf, titleOf };
}

function Confirm({ followUp, companyId }: { followUp: FollowUp; companyId: string }) {
  const step = waitingStep(followUp);
  const confirming = useAct({
    run: (_: void, idempotencyKey) =>
      call('POST', `/follow-ups/${followUp.id}/steps/${step?.n ?? 0}/confirm`, { idempotencyKey }),
    refresh: ['follow-ups'],
  });
  if (step === null || step.by === companyId) return null;
  return (
    <>
      <Button
        aria-label={`${t.confirm} ${followUp.subject}`}
        isDisabled={confirming.isBusy}
        onPress={() => confirming.act()}
      >
        {t.confirm}
      </Button>
      <Problem error={confirming.error} />
    </>
  );
}

export const route = createLazyRoute('/company/follow-ups')({ component: FollowUps });
