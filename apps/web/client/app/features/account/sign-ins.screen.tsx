import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { useState } from 'react';
import type { Me } from '#contracts/people';
import { call } from '../../api/call.js';
import { all } from '../../api/queries.js';
import { FormEnd, LanguageChoice, Line } from '../../form/fields.js';
import { useForm } from '../../form/use-form.js';
import { AskFirst } from '../../ui/act.js';
import { Screen } from '../../ui/screen.js';
import { ownMoment } from '../../ui/time.js';
import { Loaded } from '../../ui/ui.js';
import { words, wordsOf } from '../../words/index.js';
import { SignedIn } from './signed-in.js';
import { browserName } from './browser-name.js';

const t = wordsOf({
  zh: {
    title: '我的账户',
    me: '个人信息',
    name: '姓名',
    language: '语言',
    languageNone: '不指定',
    byKey: '您是用 API 密钥登录的，没有个人信息。',
    email: (email: string) => `登录邮箱：${email}`,
    signIns: '登录记录',
    lead: '这些浏览器登录着您的账户。不认识的请立即结束。',
    current: '这个浏览器',
    seen: (at: string) => `最近使用 ${at}`,
    since: (at: string) => `登录于 ${at}`,
    end: '结束登录',
    endTitle: (name: string) => `结束“${name}”的登录？`,
    endHint: '那个浏览器一秒内退出。',
    none: '没有登录记录。',
    export: '下载我的数据',
  },
  en: {
    title: 'My account',
    me: 'About me',
    name: 'Name',
    language: 'Language',
    languageNone: 'not said',
    byKey: 'You are signed in with an API key, so there is nothing about a person.',
    email: (email: string) => `Signing in with ${email}`,
    signIns: 'Sign-ins',
    lead: 'These browsers are signed in as you. End those that you don’t know.',
    current: 'this browser',
    seen: (at: string) => `last used ${at}`,
    since: (at: string) => `since ${at}`,
    end: 'End',
    endTitle: (name: string) => `End the sign-in of “${name}”?`,
    endHint: 'That browser is signed out within a second.',
    none: 'No sign-ins.',
    export: 'Download my data',
  },
});

interface SignIn {
  readonly id: string;
  readonly createdAt: string;
  readonly lastSeenAt: string;
  readonly userAgent: string | null;
  readonly current: boolean;
}

const signIns = queryOptions({ queryKey: ['sign-ins'], queryFn: () => all<SignIn>('/me/sign-ins') });

const Page = () => <SignedIn role="any">{(person) => <Account person={person} />}</SignedIn>;

function Account({ person }: { person: Me }) {
  const query = useQuery(signIns);
  return (
    <Screen title={t.title}>
      <h2>{t.me}</h2>
      {person.user === null ? <p className="muted">{t.byKey}</p> : <AboutMe user={person.user} />}
      <h2>{t.signIns}</h2>
      <p className="muted">{t.lead}</p>
      <Loaded query={query}>
        {(rows) => (
          <>
            {rows.length === 0 ? <p className="empty">{t.none}</p> : null}
            <ul className="rows">
              {rows.map((one) => (
                <SignInRow key={one.id} signIn={one} />
              ))}
            </ul>
          </>
        )}
      </Loaded>
    </Screen>
  );
}

function AboutMe({ user }: { user: NonNullable<Me['user']> }) {
  const client = useQueryClient();
  const [isSaved, setSaved] = useState(false);
  const form = useForm({
    name: 'about me',
    empty: { name: user.name ?? '', language: user.language ?? '' },
    send: ({ name, language }) =>
      call<Me>('PATCH', '/me', {
        body: { name: name.trim() === '' ? null : name.trim(), language: language === '' ? null : language },
      }),
    onDone: () => {
      setSaved(true);
      return client.invalidateQueries({ queryKey: ['me'] });
    },
  });
  return (
    <form className="stack form" onSubmit={form.submit} noValidate>
      <p>{t.email(user.email)}</p>
      <div className="two">
        <Line form={form} at="name" label={t.name} autoComplete="name" />
        <LanguageChoice form={form} at="language" label={t.language} none={t.languageNone} />
      </div>
      {isSaved ? (
        <p className="notice notice-good" role="status">
          {words.saved}
        </p>
      ) : null}
      <FormEnd form={form} label={words.save}>
        <a className="button button-plain" href="/v1/me/export" download>
          {t.export}
        </a>
      </FormEnd>
    </form>
  );
}

function SignInRow({ signIn: { id, createdAt, lastSeenAt, userAgent, current } }: { signIn: SignIn }) {
  const name = browserName(userAgent ?? '');
  return (
    <li>
      <span>
        <strong>{name}</strong> {current ? <span className="tag tag-confirmed">{t.current}</span> : null}
        <br />
        <span className="muted">
          {t.seen(ownMoment(lastSeenAt))} · {t.since(ownMoment(createdAt))}
        </span>
      </span>
      {current ? null : (
        <AskFirst
          button={t.end}
          label={`${t.end} ${name}`}
          title={t.endTitle(name)}
          hint={t.endHint}
          action={t.end}
          run={() => call('DELETE', `/me/sign-ins/${id}`)}
          refresh={['sign-ins']}
        />
      )}
    </li>
  );
}

export const route = createLazyRoute('/account')({ component: Page });
