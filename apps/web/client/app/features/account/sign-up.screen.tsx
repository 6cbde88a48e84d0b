import { useMutation, useQuery } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { useState } from 'react';
import { isUscc, normaliseUscc } from '#reference-data/uscc';
import { pathIn } from '../../../../shared/language.js';
import { call } from '../../api/call.js';
import type { Me } from '#contracts/people';
import { me } from '../../api/queries.js';
import { FormEnd, Labelled, Line, Whole } from '../../form/fields.js';
import { useForm } from '../../form/use-form.js';
import { Screen, useTitle } from '../../ui/screen.js';
import { Button, Problem } from '../../ui/ui.js';
import { lang, words } from '../../words/index.js';

const t = words.signUp;
const usccLength = 18;
const empty = { nameZh: '', nameEn: '', uscc: '', contact: '', email: '', mobile: '' };

interface SignedUp {
  readonly company: { readonly id: string };
  readonly apiKey: string;
}

function SignUp() {
  const [signedUp, setSignedUp] = useState<SignedUp | null>(null);
  const form = useForm({
    name: 'sign-up',
    empty,
    send: (values, idempotencyKey) =>
      call<SignedUp>('POST', '/companies', { body: bodyOf(values), idempotencyKey }),
    onDone: setSignedUp,
  });
  if (signedUp !== null) return <KeyShown apiKey={signedUp.apiKey} />;
  const uscc = normaliseUscc(form.values.uscc);
  return (
    <div className="narrow">
      <Screen title={t.title} lead={t.lead}>
        <form className="stack" onSubmit={form.submit} noValidate>
          <Line form={form} at="nameZh" pointer="/name/zh" label={t.nameZh} isEither />
          <Line form={form} at="nameEn" pointer="/name/en" label={t.nameEn} isEither />
          <Whole fault={form.fault('/name')} />
          <Labelled
            label={t.uscc}
            hint={usccHint(uscc)}
            fault={usccFault(uscc) ?? form.fault('/uscc')}
            isRequired
          >
            {(described) => (
              <input
                {...described}
                className="field-input"
                name="/uscc"
                autoComplete="off"
                value={form.values.uscc}
                onChange={(event) => form.set({ uscc: event.target.value })}
              />
            )}
          </Labelled>
          <Line
            form={form}
            at="contact"
            pointer="/contact/name"
            label={t.contact}
            autoComplete="name"
            isRequired
          />
          <Line
            form={form}
            at="email"
            pointer="/contact/email"
            type="email"
            label={t.email}
            autoComplete="email"
            isRequired
          />
          <Line
            form={form}
            at="mobile"
            pointer="/contact/mobile"
            type="tel"
            label={t.mobile}
            autoComplete="tel"
          />
          <FormEnd form={form} label={t.submit} />
        </form>
      </Screen>
    </div>
  );
}

/** While it is typed, how far it has come; faults only once it is whole. */
function usccHint(uscc: string): string {
  if (uscc === '') return t.usccHint;
  if (uscc.length !== usccLength) return t.usccLength(uscc.length);
  return isUscc(uscc) ? t.usccGood : t.usccHint;
}

function usccFault(uscc: string): string | undefined {
  return uscc.length >= usccLength && !isUscc(uscc) ? t.usccWrong : undefined;
}

function bodyOf({ nameZh, nameEn, uscc, contact, email, mobile }: typeof empty) {
  const name = (text: string) => (text.trim() === '' ? undefined : text.trim());
  return {
    name: { zh: name(nameZh), en: name(nameEn) },
    uscc: normaliseUscc(uscc),
    contact: {
      name: contact.trim(),
      email: email.trim(),
      language: lang,
      ...(mobile.trim() === '' ? {} : { mobile: mobile.trim() }),
    },
  };
}

/** The key is shown once, so nothing else happens until it is kept. */
function KeyShown({ apiKey }: { apiKey: string }) {
  const [isCopied, setCopied] = useState(false);
  const person = useQuery(me).data ?? null;
  const signIn = useMutation({
    // A person who is signed in is the company's first member, and stays signed in as that person.
    mutationFn: async () => {
      if (person?.user) await actForNewest(person.memberships.map(({ id }) => id));
      else await call('POST', '/sign-in', { body: { apiKey } });
    },
    onSuccess: () => {
      const next = new URLSearchParams(location.search).get('next');
      location.assign(next?.startsWith('/company') === true ? next : pathIn(lang, '/company'));
    },
  });
  useTitle(t.keyTitle);
  return (
    <div className="narrow">
      <h1>{t.keyTitle}</h1>
      <p>{t.keyHint}</p>
      <p>
        <code className="address">{apiKey}</code>
      </p>
      <Problem error={signIn.error} />
      <p className="actions">
        <Button
          look="plain"
          onPress={() => void navigator.clipboard?.writeText(apiKey).then(() => setCopied(true))}
        >
          {isCopied ? t.copied : t.keyCopy}
        </Button>
        <Button isDisabled={signIn.isPending} onPress={() => signIn.mutate()}>
          {t.goOn}
        </Button>
      </p>
    </div>
  );
}

/** The membership that was not there before is that of the new company. */
async function actForNewest(before: readonly string[]): Promise<void> {
  const { memberships } = await call<Me>('GET', '/me');
  const fresh = memberships.find(({ id }) => !before.includes(id));
  if (fresh !== undefined) await call('PUT', '/me/acting-as', { body: { membershipId: fresh.id } });
}

export const route = createLazyRoute('/sign-up')({ component: SignUp });
