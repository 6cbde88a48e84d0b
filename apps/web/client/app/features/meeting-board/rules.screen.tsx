import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { useState } from 'react';
import type { MeetingRules } from '#contracts/meetings';
import type { Stop } from '#contracts/stops';
import { zoneLabel } from '../../../../shared/time.js';
import { ApiProblem, call } from '../../api/call.js';
import { FormEnd } from '../../form/fields.js';
import { useForm } from '../../form/use-form.js';
import { Loaded } from '../../ui/ui.js';
import { meetingRules } from '../matching/matching.queries.js';
import { MeetingsScreen } from './meetings-screen.js';
import { draftOfRules, faultsOfRules, firstRules, rulesBody, type RulesDraft } from './rules-draft.js';
import { RulesFields } from './rules-fields.js';
import { rulesFaultWords, t } from './rules-words.js';

const Page = () => <MeetingsScreen screen="rules">{(stop) => <OfRules stop={stop} />}</MeetingsScreen>;

function OfRules({ stop }: { stop: Stop }) {
  const query = useQuery(meetingRules(stop.id));
  return (
    <>
      <p className="muted lead">{t.lead}</p>
      <Loaded query={query}>{(rules) => <RulesForm stop={stop} rules={rules} />}</Loaded>
    </>
  );
}

function RulesForm({ stop, rules }: { stop: Stop; rules: MeetingRules | null }) {
  const client = useQueryClient();
  const before = rules === null ? firstRules(stop) : draftOfRules(rules, stop);
  const [isSaved, setSaved] = useState(false);
  const refresh = () => client.invalidateQueries({ queryKey: ['meeting-rules', stop.id] });
  const form = useForm<RulesDraft, MeetingRules>({
    name: `meeting rules ${stop.id}`,
    empty: before,
    check: (draft) =>
      new Map([...faultsOfRules(draft, stop)].map(([at, fault]) => [at, rulesFaultWords(fault)])),
    send: (draft) =>
      call<MeetingRules>('PUT', `/stops/${stop.id}/meeting-rules`, {
        body: rulesBody(draft, stop.timeZone),
        ...(rules === null ? {} : { version: rules.version }),
      }),
    onDone: async () => {
      setSaved(true);
      await refresh();
    },
    onStale: refresh,
  });
  const isSame = rules !== null && JSON.stringify(form.values) === JSON.stringify(before);
  const isStale = form.error instanceof ApiProblem && form.error.status === 412;
  const isClosed = stop.status === 'cancelled';
  return (
    <form className="stack form" onSubmit={form.submit} noValidate>
      <p className={rules === null ? 'notice' : 'muted'}>{rules === null ? t.none : t.public}</p>
      {isClosed ? <p className="notice">{t.closed}</p> : null}
      <p className="muted">{zoneLabel(stop.startsAt, stop.timeZone)}</p>
      <RulesFields form={form} stop={stop} />
      {isStale ? <p className="notice">{t.stale}</p> : null}
      {isSaved && isSame ? (
        <p className="notice notice-good" role="status">
          {t.saved}
        </p>
      ) : null}
      <FormEnd form={form} label={t.save} isDisabled={isSame || isClosed}>
        {isSame && !isSaved ? <span className="muted">{t.nothing}</span> : null}
      </FormEnd>
    </form>
  );
}

export const route = createLazyRoute('/console/stops/$stopId/meetings/rules')({ component: Page });
