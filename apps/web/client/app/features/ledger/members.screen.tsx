import { useQuery } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { useState } from 'react';
import type { BatchMember, MembershipBatch } from '#contracts/ledger';
import type { Stop } from '#contracts/stops';
import { inLang } from '../../../../shared/language.js';
import { call } from '../../api/call.js';
import { AskFirst } from '../../ui/act.js';
import { Table } from '../../ui/table.js';
import { Button, Loaded } from '../../ui/ui.js';
import { lang } from '../../words/index.js';
import { OutcomesScreen } from '../outcomes/outcomes-screen.js';
import { AddMember, CorrectMember, EditBatch, NewBatch } from './batch-forms.js';
import { correctedIn } from './drafts.js';
import { Announce, Code, DeleteDraft, LedgerState } from './ledger-parts.js';
import { ledgerKeys, membershipBatches } from './ledger.queries.js';
import { t } from './ledger-words.js';

const Page = () => <OutcomesScreen screen="members">{(stop) => <Members stop={stop} />}</OutcomesScreen>;

/** The batches of alliance members that are announced at this stop, drafts first. */
function Members({ stop }: { stop: Stop }) {
  const query = useQuery(membershipBatches(stop.tourId));
  return (
    <>
      <p className="muted lead">{t.membersLead}</p>
      <NewBatch stop={stop} />
      <Loaded query={query}>{(all) => <Batches stop={stop} all={all} />}</Loaded>
    </>
  );
}

function Batches({ stop, all }: { stop: Stop; all: readonly MembershipBatch[] }) {
  const here = all.filter(({ stopId }) => stopId === stop.id || stopId === null);
  if (here.length === 0) return <p className="empty">{t.noBatches}</p>;
  const drafts = here.filter(({ state }) => state === 'draft');
  const announced = here.filter(({ state }) => state === 'announced');
  return [...drafts, ...announced.toReversed()].map((batch) => (
    <Batch key={batch.id} stop={stop} batch={batch} all={all} />
  ));
}

interface BatchProps {
  readonly stop: Stop;
  readonly batch: MembershipBatch;
  /** Of the whole tour: corrections name entries of other batches. */
  readonly all: readonly MembershipBatch[];
}

function Batch({ stop, batch, all }: BatchProps) {
  const [isEditing, setEditing] = useState(false);
  const { id, alliance, series, members, version, state } = batch;
  const name = inLang(alliance, lang);
  const path = `/membership-batches/${id}`;
  return (
    <>
      <h2>
        {name} <LedgerState announcedAt={batch.announcedAt} />
      </h2>
      <p className="muted">{[t.inSeries(series), ...numbersOf(batch)].join(' · ')}</p>
      <MemberTable stop={stop} batch={batch} all={all} />
      {state === 'draft' ? (
        <>
          <AddMember batch={batch} />
          <p className="actions">
            {members.length === 0 ? null : (
              <Announce
                path={path}
                name={name}
                version={version}
                title={t.announceBatchTitle(members.length)}
              />
            )}
            <Button look="plain" aria-label={`${t.edit} ${name}`} onPress={() => setEditing(true)}>
              {t.edit}
            </Button>
            <DeleteDraft path={path} name={name} version={version} />
          </p>
          {isEditing ? <EditBatch batch={batch} onClose={() => setEditing(false)} /> : null}
        </>
      ) : (
        <ul>
          <li>
            <a href={`/v1${path}/plaques.pdf`} download>
              {t.plaques}
            </a>
          </li>
          <li>
            <a href={`/v1${path}/plaques.pdf?sheet=a4`} download>
              {t.plaquesA4}
            </a>
          </li>
        </ul>
      )}
    </>
  );
}

/** The numbers that it got, side by side, once it is announced. */
function numbersOf({ members }: MembershipBatch): string[] {
  const [first, last] = [members[0]?.number ?? null, members.at(-1)?.number ?? null];
  if (first === null) return [];
  return [first === last ? `No. ${first}` : `No. ${first}–${last}`];
}

function MemberTable({ stop, batch, all }: BatchProps) {
  const entries = all.flatMap(({ members }) => members);
  const corrected = correctedIn(entries);
  const numberOf = (id: string | null) => entries.find((one) => one.id === id)?.number ?? null;
  return (
    <Table
      label={[inLang(batch.alliance, lang), all.indexOf(batch) + 1].join(' ')}
      rows={batch.members}
      keyOf={({ id }) => id}
      empty={t.noMembers}
      columns={[
        { head: t.number, isNumber: true, cell: ({ number }) => number ?? '–' },
        {
          head: t.name,
          cell: ({ name, corrects }) => (
            <>
              <strong>{inLang(name, lang)}</strong>
              {corrects === null ? null : (
                <span className="muted"> {t.correctsOld(String(numberOf(corrects) ?? '…'))}</span>
              )}
            </>
          ),
        },
        { head: t.category, cell: ({ category }) => category },
        { head: t.code, cell: ({ code }) => (code === null ? '–' : <Code code={code} />) },
        {
          head: t.actions,
          isHeadHidden: true,
          cell: (member) =>
            corrected.has(member.id) ? (
              <span className="tag">{t.corrected}</span>
            ) : (
              <MemberActions stop={stop} batch={batch} all={all} member={member} />
            ),
        },
      ]}
    />
  );
}

function MemberActions({ stop, batch, all, member }: BatchProps & { member: BatchMember }) {
  const [isOpen, setOpen] = useState(false);
  const name = inLang(member.name, lang);
  if (batch.state === 'draft')
    return (
      <AskFirst
        button={t.remove}
        label={`${t.remove} ${name}`}
        title={t.removeMemberTitle(name)}
        action={t.remove}
        run={() => call('DELETE', `/membership-batches/${batch.id}/members/${member.id}`)}
        refresh={ledgerKeys}
      />
    );
  const draft = all.find(({ state, series }) => state === 'draft' && series === batch.series);
  return (
    <>
      <Button look="plain" aria-label={`${t.correct} ${name}`} onPress={() => setOpen(true)}>
        {t.correct}
      </Button>
      {isOpen ? (
        <CorrectMember stop={stop} of={batch} member={member} draft={draft} onClose={() => setOpen(false)} />
      ) : null}
    </>
  );
}

export const route = createLazyRoute('/console/stops/$stopId/outcomes/members')({ component: Page });
