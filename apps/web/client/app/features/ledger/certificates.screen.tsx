import { useQuery } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { useState } from 'react';
import type { Certificate } from '#contracts/certificates';
import type { Stop } from '#contracts/stops';
import { call } from '../../api/call.js';
import { AskFirst, Sure, useAct } from '../../ui/act.js';
import { Table } from '../../ui/table.js';
import { ownMoment } from '../../ui/time.js';
import { Button, Field, Loaded, Problem } from '../../ui/ui.js';
import { OutcomesScreen } from '../outcomes/outcomes-screen.js';
import { t as outcomes } from '../outcomes/words.js';
import { CertificateLink, CertificateState, holderOf } from './certificate-parts.js';
import { Code } from './ledger-parts.js';
import { certificates } from './ledger.queries.js';
import { t } from './ledger-words.js';

const Page = () => (
  <OutcomesScreen screen="certificates">{(stop) => <Certificates stop={stop} />}</OutcomesScreen>
);

function Certificates({ stop }: { stop: Stop }) {
  const query = useQuery(certificates(stop.id));
  return (
    <>
      <p className="muted lead">{t.certificatesLead}</p>
      <Issue stopId={stop.id} />
      <Loaded query={query}>{(all) => <CertificateList all={all} />}</Loaded>
    </>
  );
}

function Issue({ stopId }: { stopId: string }) {
  const issuing = useAct({
    run: (_: void, idempotencyKey) =>
      call<{ issued: number }>('POST', `/stops/${stopId}/certificates/issue`, { idempotencyKey }),
    refresh: ['certificates'],
  });
  return (
    <>
      <Problem error={issuing.error} />
      <p className="actions">
        <Button isDisabled={issuing.isBusy} onPress={() => issuing.act()}>
          {outcomes.issue}
        </Button>
        {issuing.data === undefined ? null : (
          <span role="status">{outcomes.issued(issuing.data.issued)}</span>
        )}
      </p>
    </>
  );
}

function CertificateList({ all }: { all: readonly Certificate[] }) {
  const [q, setQ] = useState('');
  const wanted = q.normalize('NFKC').toLowerCase().trim();
  const rows = all.filter(({ holder, code }) => `${holder} ${code}`.toLowerCase().includes(wanted));
  return (
    <>
      {all.length === 0 ? null : (
        <Field name="holder" isSearch label={t.searchHolder} value={q} onChange={setQ} />
      )}
      <Table
        label={t.certificates}
        rows={rows}
        keyOf={({ id }) => id}
        empty={t.noCertificates}
        columns={[
          { head: t.holder, cell: (one) => <strong>{holderOf(one)}</strong> },
          { head: t.kind, cell: ({ kind }) => t.kinds[kind] },
          { head: t.state, cell: (one) => <CertificateState of={one} /> },
          { head: t.code, cell: ({ code }) => <Code code={code} /> },
          { head: t.issuedAt, cell: ({ issuedAt }) => ownMoment(issuedAt) },
          { head: t.actions, isHeadHidden: true, cell: (one) => <Actions of={one} /> },
        ]}
      />
    </>
  );
}

function Actions({ of }: { of: Certificate }) {
  const name = holderOf(of);
  return (
    <div className="actions">
      <CertificateLink of={of} />
      {of.status === 'valid' ? (
        <>
          <AskFirst
            button={t.replace}
            label={`${t.replace} ${name}`}
            title={t.replaceTitle(name)}
            hint={t.replaceHint}
            action={t.replace}
            look="main"
            run={(idempotencyKey) =>
              call('POST', `/certificates/${of.id}/replace`, { idempotencyKey, version: of.version })
            }
            refresh={['certificates']}
          />
          <Revoke of={of} />
        </>
      ) : null}
    </div>
  );
}

function Revoke({ of }: { of: Certificate }) {
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const name = holderOf(of);
  return (
    <>
      <Button look="danger" aria-label={`${t.revoke} ${name}`} onPress={() => setOpen(true)}>
        {t.revoke}
      </Button>
      {isOpen ? (
        <Sure
          title={t.revokeTitle(name)}
          hint={t.revokeHint}
          action={t.revoke}
          isDisabled={reason.trim() === ''}
          run={(idempotencyKey) =>
            call('POST', `/certificates/${of.id}/revoke`, {
              body: { reason: reason.trim() },
              idempotencyKey,
              version: of.version,
            })
          }
          refresh={['certificates']}
          onClose={() => setOpen(false)}
        >
          <Field name="/reason" label={t.reason} value={reason} onChange={setReason} isRequired />
        </Sure>
      ) : null}
    </>
  );
}

export const route = createLazyRoute('/console/stops/$stopId/outcomes/certificates')({ component: Page });
