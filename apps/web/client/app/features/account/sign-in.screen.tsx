import { useMutation } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { pathIn } from '../../../../shared/language.js';
import { ApiProblem, call } from '../../api/call.js';
import type { Me } from '#contracts/people';
import { useTitle } from '../../ui/screen.js';
import { Button, Field, Problem } from '../../ui/ui.js';
import { lang, words } from '../../words/index.js';
import { placeAfterSignIn } from './next-place.js';

const t = words.signIn;

/** The whole page is loaded anew, so that nothing of an earlier person stays in memory. */
function goOn({ role }: Me): void {
  const next = new URLSearchParams(location.search).get('next');
  location.assign(placeAfterSignIn(next, role, lang === 'en'));
}

const useSignIn = () =>
  useMutation({ mutationFn: (body: object) => call<Me>('POST', '/sign-in', { body }), onSuccess: goOn });

function SignIn() {
  // A mailed link bears its token behind the #, which no server sees.
  const token = location.hash.slice(1);
  useTitle(t.title);
  return (
    <div className="narrow">
      <h1>{t.title}</h1>
      {token === '' ? (
        <>
          <ByCode />
          <ByKey />
          <p>
            {t.newCompany} <a href={pathIn(lang, '/sign-up')}>{t.signUp}</a>
          </p>
        </>
      ) : (
        <ByLink token={token} />
      )}
    </div>
  );
}

function ByCode() {
  const [email, setEmail] = useState('');
  const [code, setCode] = useState('');
  const ask = useMutation({
    mutationFn: () => call('POST', '/sign-in/codes', { body: { email: email.trim(), language: lang } }),
  });
  const signIn = useSignIn();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (ask.isSuccess)
      signIn.mutate({ email: email.trim(), code: code.normalize('NFKC').replace(/\s/g, '') });
    else ask.mutate();
  };
  const isBusy = ask.isPending || signIn.isPending;
  return (
    <form onSubmit={submit} className="stack" noValidate>
      <p className="muted">{ask.isSuccess ? t.sent(email.trim()) : t.lead}</p>
      {ask.isSuccess ? (
        <Field
          name="/code"
          label={t.code}
          value={code}
          onChange={setCode}
          inputMode="numeric"
          autoComplete="one-time-code"
          isRequired
        />
      ) : (
        <Field
          name="/email"
          type="email"
          label={t.email}
          value={email}
          onChange={setEmail}
          autoComplete="email"
          isRequired
        />
      )}
      <Problem error={signIn.error ?? ask.error} />
      <p className="actions">
        <Button type="submit" isDisabled={isBusy || email.trim() === ''}>
          {ask.isSuccess ? t.signIn : t.send}
        </Button>
        {ask.isSuccess ? (
          <Button look="link" onPress={() => ask.reset()}>
            {t.other}
          </Button>
        ) : null}
      </p>
    </form>
  );
}

function ByKey() {
  const [apiKey, setApiKey] = useState('');
  const signIn = useSignIn();
  return (
    <details className="panel">
      <summary>{t.withKey}</summary>
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          signIn.mutate({ apiKey: apiKey.trim() });
        }}
      >
        <Field
          name="/apiKey"
          type="password"
          label={t.key}
          value={apiKey}
          onChange={setApiKey}
          hint={t.keyHint}
          isRequired
        />
        <Problem error={signIn.error} />
        <p>
          <Button type="submit" isDisabled={signIn.isPending || apiKey.trim() === ''}>
            {t.signIn}
          </Button>
        </p>
      </form>
    </details>
  );
}

/** Nothing signs in by itself: mail scanners open links too. */
function ByLink({ token }: { token: string }) {
  const signIn = useSignIn();
  const isElsewhere = signIn.error instanceof ApiProblem && signIn.error.code === 'sign_in.confirm';
  return (
    <div className="stack">
      <p>{isElsewhere ? t.linkConfirm : t.linkTitle}</p>
      {isElsewhere ? null : <Problem error={signIn.error} />}
      <p>
        <Button
          isDisabled={signIn.isPending}
          onPress={() => signIn.mutate(isElsewhere ? { link: token, confirm: true } : { link: token })}
        >
          {isElsewhere ? t.confirm : t.signIn}
        </Button>
      </p>
    </div>
  );
}

export const route = createLazyRoute('/sign-in')({ component: SignIn });
