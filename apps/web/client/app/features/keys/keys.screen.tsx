import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { useState } from 'react';
import type { Me } from '#contracts/people';
import { call } from '../../api/call.js';
import { all } from '../../api/queries.js';
import { Line } from '../../form/fields.js';
import { NewPanel } from '../../form/new-panel.js';
import { useForm } from '../../form/use-form.js';
import { AskFirst } from '../../ui/act.js';
import { Screen } from '../../ui/screen.js';
import { Secret } from '../../ui/secret.js';
import { Table } from '../../ui/table.js';
import { ownMoment } from '../../ui/time.js';
import { Loaded } from '../../ui/ui.js';
import { words } from '../../words/index.js';
import { SignedIn } from '../account/signed-in.js';
import { RoleFields, roleBody, roleFaults } from '../members/role-fields.js';
import { t } from './words.js';

interface Key {
  readonly id: string;
  readonly role: 'organizer' | 'staff' | 'company' | 'admin';
  readonly label: string;
  readonly stopId: string | null;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
}

const keys = queryOptions({ queryKey: ['api-keys'], queryFn: () => all<Key>('/api-keys') });

const Page = (role: 'organizer' | 'company') => () => (
  <SignedIn role={role}>{(person) => <Keys person={person} />}</SignedIn>
);

function Keys({ person }: { person: Me }) {
  const query = useQuery(keys);
  return (
    <Screen title={t.title} lead={t.lead}>
      <Make person={person} />
      <Loaded query={query}>
        {(rows) => (
          <Table
            label={t.title}
            rows={rows}
            keyOf={({ id }) => id}
            empty={t.none}
            columns={[
              {
                head: t.label,
                cell: ({ id, label }) => (
                  <>
                    <strong>{label}</strong>{' '}
                    {id === person.keyId ? <span className="tag">{t.thisOne}</span> : null}
                  </>
                ),
              },
              { head: t.role, cell: ({ role }) => (role === 'admin' ? role : words.roles[role]) },
              {
                head: t.lastUsed,
                cell: ({ lastUsedAt }) => (lastUsedAt === null ? t.never : ownMoment(lastUsedAt)),
              },
              { head: t.made, cell: ({ createdAt }) => ownMoment(createdAt) },
              {
                head: t.actions,
                isHeadHidden: true,
                cell: ({ id, label }) => (
                  <AskFirst
                    button={words.remove}
                    label={`${words.remove} ${label}`}
                    title={t.removeTitle(label)}
                    hint={id === person.keyId ? t.removeOwnHint : t.removeHint}
                    action={words.remove}
                    run={() => call('DELETE', `/api-keys/${id}`)}
                    refresh={['api-keys', 'me']}
                  />
                ),
              },
            ]}
          />
        )}
      </Loaded>
    </Screen>
  );
}

function Make({ person }: { person: Me }) {
  const client = useQueryClient();
  const [made, setMade] = useState<{ label: string; apiKey: string } | null>(null);
  const isOrganizer = person.role === 'organizer';
  const form = useForm({
    name: 'new key',
    empty: { label: '', role: isOrganizer ? 'organizer' : 'company', stopId: '' },
    send: ({ label, ...role }, idempotencyKey) =>
      call<{ label: string; apiKey: string }>('POST', '/api-keys', {
        body: { label: label.trim(), ...roleBody(role) },
        idempotencyKey,
      }),
    check: roleFaults,
    onDone: (key) => {
      setMade(key);
      form.reset();
      return client.invalidateQueries({ queryKey: ['api-keys'] });
    },
  });
  return (
    <>
      {made === null ? null : <Secret label={made.label} hint={words.signUp.keyHint} value={made.apiKey} />}
      <NewPanel form={form} title={t.make} action={t.make} isDisabled={form.values.label.trim() === ''}>
        <div className="two">
          <Line form={form} at="label" label={t.label} hint={t.labelHint} isRequired />
          {isOrganizer ? <RoleFields form={form} /> : null}
        </div>
      </NewPanel>
    </>
  );
}

export const consoleRoute = createLazyRoute('/console/keys')({ component: Page('organizer') });
export const companyRoute = createLazyRoute('/company/keys')({ component: Page('company') });
