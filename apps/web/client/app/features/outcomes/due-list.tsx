import { useQuery } from '@tanstack/react-query';
import type { FollowUp } from '#contracts/outcomes';
import { inLang, type Localized } from '../../../../shared/language.js';
import { call } from '../../api/call.js';
import { companies } from '../../api/queries.js';
import { useAct } from '../../ui/act.js';
import { Table } from '../../ui/table.js';
import { Button, Problem } from '../../ui/ui.js';
import { lang } from '../../words/index.js';
import { dueOf, type Due } from './due.js';
import { t } from './words.js';

/** Follow-ups that somebody should look at; the organizer may confirm what a company reported. */
export function DueList({ followUps }: { followUps: readonly FollowUp[] }) {
  const known = useQuery(companies(''));
  const names = new Map((known.data ?? []).map(({ id, name }) => [id, name]));
  const due = dueOf(followUps, new Date());
  return (
    <>
      <p className="muted">{t.dueHint}</p>
      <Table
        label={t.due}
        columns={[
          {
            head: t.companies,
            cell: ({ followUp }) => followUp.companies.map((id) => nameOf(names, id)).join(' · '),
          },
          { head: t.subject, cell: ({ followUp }) => followUp.subject },
          { head: t.state, cell: (one) => stateOf(one, names) },
          { head: t.actions, isHeadHidden: true, cell: (one) => <Confirm due={one} /> },
        ]}
        rows={due}
        keyOf={({ followUp }) => followUp.id}
        empty={t.noneDue}
      />
    </>
  );
}

function Confirm({ due: { followUp, waiting } }: { due: Due }) {
  const confirming = useAct({
    run: (_: void, idempotencyKey) =>
      call('POST', `/follow-ups/${followUp.id}/steps/${waiting?.n ?? 0}/confirm`, { idempotencyKey }),
    refresh: ['follow-ups', 'results', 'statistics'],
  });
  if (waiting === null || waiting.by === 'organizer') return null;
  return (
    <>
      <Button
        look="plain"
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

function stateOf({ waiting, days, followUp }: Due, names: ReadonlyMap<string, Localized>): string {
  if (waiting === null) return `${t.followUpStages[followUp.stage]}, ${t.silent(days)}`;
  const by = waiting.by === 'organizer' ? t.organizer : nameOf(names, waiting.by);
  return t.waits(t.followUpStages[waiting.stage], by);
}

function nameOf(names: ReadonlyMap<string, Localized>, id: string): string {
  const name = names.get(id);
  return name === undefined ? '…' : inLang(name, lang);
}
