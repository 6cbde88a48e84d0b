import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { useState } from 'react';
import type { Me } from '#contracts/people';
import { stopTitle } from '../../../../shared/stop-title.js';
import { call } from '../../api/call.js';
import { all, stops } from '../../api/queries.js';
import { LanguageChoice, Line } from '../../form/fields.js';
import { NewPanel } from '../../form/new-panel.js';
import { useForm } from '../../form/use-form.js';
import { AskFirst, useAct } from '../../ui/act.js';
import { Screen } from '../../ui/screen.js';
import { Table } from '../../ui/table.js';
import { ownMoment } from '../../ui/time.js';
import { Button, Loaded, Problem } from '../../ui/ui.js';
import { lang, words } from '../../words/index.js';
import { SignedIn } from '../account/signed-in.js';
import { RoleFields, roleBody, roleFaults } from './role-fields.js';
import { t } from './words.js';

interface Member {
  readonly id: string;
  readonly email: string;
  readonly name: string | null;
  readonly role: 'organizer' | 'staff' | 'company';
  readonly stopId: string | null;
  readonly state: 'invited' | 'joined';
  readonly createdAt: string;
}

const members = queryOptions({ queryKey: ['members'], queryFn: () => all<Member>('/members') });

const Page = (role: 'organizer' | 'company') => () => (
  <SignedIn role={role}>{(person) => <Members person={person} />}</SignedIn>
);

function Members({ person }: { person: Me }) {
  const query = useQuery(members);
  const known = useQuery(stops);
  const nameOfStop = (id: string | null): string => {
    const stop = known.data?.flatMap((one) => one.stops).find((one) => one.id === id);
    return stop === undefined ? '' : stopTitle(stop, lang).text;
  };
  return (
    <Screen title={t.title} lead={person.role === 'company' ? t.leadCompany : t.leadOrganizer}>
      <Invite person={person} />
      <Loaded query={query}>
        {(rows) => (
          <Table
            label={t.title}
            rows={rows}
            keyOf={({ id }) => id}
            empty={t.none}
            columns={[
              {
                head: t.person,
                cell: ({ name, email }) => (
                  <>
                    <strong>{name ?? email}</strong>
                    {name === null ? null : <span className="muted"> {email}</span>}
                  </>
                ),
              },
              {
                head: t.role,
                cell: ({ role, stopId }) => `${words.roles[role]} ${nameOfStop(stopId)}`.trim(),
              },
              {
                head: t.state,
                cell: ({ state }) => (
                  <span className={`tag tag-${state === 'joined' ? 'confirmed' : 'pending'}`}>
                    {t.states[state]}
                  </span>
                ),
              },
              { head: t.since, cell: ({ createdAt }) => ownMoment(createdAt) },
              { head: t.actions, isHeadHidden: true, cell: (member) => <RowActions member={member} /> },
            ]}
          />
        )}
      </Loaded>
    </Screen>
  );
}

function Invite({ person }: { person: Me }) {
  const client = useQueryClient();
  const [invited, setInvited] = useState<string | null>(null);
  const isOrganizer = person.role === 'organizer';
  const form = useForm({
    name: 'invite a member',
    empty: { email: '', role: isOrganizer ? 'organizer' : 'company', stopId: '', language: lang as string },
    send: ({ email, language, ...role }, idempotencyKey) =>
      call<Member>('POST', '/members', {
        body: { email: email.trim(), language, ...roleBody(role) },
        idempotencyKey,
      }),
    check: roleFaults,
    onDone: ({ email }) => {
      setInvited(email);
      form.reset();
      return client.invalidateQueries({ queryKey: ['members'] });
    },
  });
  return (
    <NewPanel form={form} title={t.invite} action={t.send} isDisabled={form.values.email.trim() === ''}>
      <div className="two">
        <Line form={form} at="email" type="email" label={t.email} isRequired />
        {isOrganizer ? <RoleFields form={form} /> : null}
        <LanguageChoice form={form} at="language" label={t.language} isRequired />
      </div>
      {invited === null ? null : (
        <p className="notice notice-good" role="status">
          {t.invited(invited)}
        </p>
      )}
    </NewPanel>
  );
}

function RowActions({ member: { id, email, name, role, stopId, state } }: { member: Member }) {
  const again = useAct({
    run: (_: void, idempotencyKey) =>
      call('POST', '/members', {
        body: { email, role, ...(stopId === null ? {} : { stopId }) },
        idempotencyKey,
      }),
    refresh: ['members'],
  });
  const who = name ?? email;
  return (
    <span className="actions">
      {state === 'invited' ? (
        <Button
          look="link"
          aria-label={t.againLabel(who)}
          isDisabled={again.isBusy}
          onPress={() => again.act()}
        >
          {again.data === undefined ? t.again : t.sentAgain}
        </Button>
      ) : null}
      <AskFirst
        button={words.remove}
        label={`${words.remove} ${who}`}
        title={t.removeTitle(who)}
        hint={t.removeHint}
        action={words.remove}
        run={() => call('DELETE', `/members/${id}`)}
        refresh={['members']}
      />
      <Problem error={again.error} />
    </span>
  );
}

export const consoleRoute = createLazyRoute('/console/members')({ component: Page('organizer') });
export const companyRoute = createLazyRoute('/company/members')({ component: Page('company') });
