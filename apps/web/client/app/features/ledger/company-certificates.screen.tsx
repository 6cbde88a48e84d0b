import { useQueries, useQuery } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import type { Certificate } from '#contracts/certificates';
import type { Stop } from '#contracts/stops';
import { stopTitle } from '../../../../shared/stop-title.js';
import { stops } from '../../api/queries.js';
import { Screen } from '../../ui/screen.js';
import { Table } from '../../ui/table.js';
import { Loaded } from '../../ui/ui.js';
import { lang } from '../../words/index.js';
import { SignedIn } from '../account/signed-in.js';
import { CertificateLink, CertificateState, holderOf } from './certificate-parts.js';
import { Code } from './ledger-parts.js';
import { certificates } from './ledger.queries.js';
import { t } from './ledger-words.js';

const Page = () => (
  <SignedIn role="company">
    {() => (
      <Screen title={t.certificates} lead={t.ownLead}>
        <OwnCertificates />
      </Screen>
    )}
  </SignedIn>
);

/** Certificates are issued from a stop's start on. */
function OwnCertificates() {
  const query = useQuery(stops);
  return (
    <Loaded query={query}>
      {(tours) => <OfStops begun={tours.flatMap((one) => one.stops).filter(hasBegun)} />}
    </Loaded>
  );
}

const hasBegun = ({ startsAt }: Stop): boolean => Date.parse(startsAt) <= Date.now();

function OfStops({ begun }: { begun: readonly Stop[] }) {
  const found = useQueries({ queries: begun.map(({ id }) => certificates(id)) });
  const rows = found.flatMap(({ data }) => data ?? []);
  const titleOf = ({ stopId }: Certificate): string => {
    const stop = begun.find(({ id }) => id === stopId);
    return stop === undefined ? '…' : stopTitle(stop, lang).text;
  };
  return (
    <Table
      label={t.certificates}
      rows={rows}
      keyOf={({ id }) => id}
      empty={t.noCertificates}
      columns={[
        { head: t.holder, cell: (one) => <strong>{holderOf(one)}</strong> },
        { head: t.stop, cell: titleOf },
        { head: t.kind, cell: ({ kind }) => t.kinds[kind] },
        { head: t.state, cell: (one) => <CertificateState of={one} /> },
        { head: t.code, cell: ({ code }) => <Code code={code} /> },
        { head: t.actions, isHeadHidden: true, cell: (one) => <CertificateLink of={one} /> },
      ]}
    />
  );
}

export const route = createLazyRoute('/company/certificates')({ component: Page });
