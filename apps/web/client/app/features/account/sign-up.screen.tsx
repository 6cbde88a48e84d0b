import { useMutation, useQuery } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { isUscc, normaliseUscc } from '#reference-data/uscc';
import { pathIn } from '../../../../shared/language.js';
import { ApiProblem, call, newIdempotencyKey } from '../../api/call.js';
import type { Me } from '#contracts/people';
import { me } from '../../api/queries.js';
import { Button, Field, Problem } from '../../ui/ui.js';
import { lang, words } from '../../words/index.js';

const t = words.signUp;
const usccLength = 18;
const empty = { nameZh: '', nameEn: '', uscc: '', contact: '', email: '', mobile: '' };

interface SignedUp {
  readonly company: { readonly id: string };
  readonly apiKey: string;
}

function SignUp() {
  const [form, setForm] = useState(empty);
  const [key] = useState(newIdempotencyKey);
  const set = (name: keyof typeof empty) => (value: string) => setForm((now) => ({ ...now, [name]: value }));
  const signUp = useMutation({
    mutationFn: () => call<SignedUp>('POST', '/companies', { body: bodyOf(form), idempotencyKey: key }),
  });
  if (signUp.data !== undefined) return <KeyShown apiKey={signUp.data.apiKey} />;
  const fault = (pointer: string): string | undefined =>
    signUp.error instanceof ApiProblem
      ? signUp.error.errors.find((one) => one.pointer?.startsWith(pointer))?.message
      : undefined;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    signUp.mutate();
  };
  const uscc = normaliseUscc(form.uscc);
  return (
    <div className="narrow">
      <h1>{t.title}</h1>
      <p className="muted">{t.lead}</p>
      <form className="stack" onSubmit={submit} noValidate>
        <Field
          name="/name/zh"
          label={t.nameZh}
          value={form.nameZh}
          onChange={set('nameZh')}
          fault={fault('/name')}
        />
        <Field name="/name/en" label={t.nameEn} value={form.nameEn} onChange={set('nameEn')} />
        <Field
          name="/uscc"
          label={t.uscc}
          value={form.uscc}
          onChange={set('uscc')}
          hint={usccHint(uscc)}
          fault={usccFault(uscc) ?? fault('/uscc')}
          isRequired
        />
        <Field
          name="/contact/name"
          label={t.contact}
          value={form.contact}
          onChange={set('contact')}
          fault={fault('/contact/name')}
          autoComplete="name"
          isRequired
        />
        <Field
          name="/contact/email"
          type="email"
          label={t.email}
          value={form.email}
          onChange={set('email')}
          fault={fault('/contact/email')}
          autoComplete="email"
          isRequired
        />
        <Field
          name="/contact/mobile"
          type="tel"
          label={t.mobile}
          value={form.mobile}
          onChange={set('mobile')}
          fault={fault('/contact/mobile')}
          autoComplete="tel"
        />
        <Problem error={signUp.error} />
        <p>
          <Button type="submit" isDisabled={signUp.isPending}>
            {t.submit}
          </Button>
        </p>
      </form>
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
