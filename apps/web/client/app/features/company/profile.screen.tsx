import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../api/call.js';
import { company, type CompanyProfile } from '../../api/queries.js';
import { CityFields } from '../../form/city-fields.js';
import { FormEnd, LanguageChoice, Line, Whole } from '../../form/fields.js';
import { patchBetween } from '../../form/patch.js';
import { useForm } from '../../form/use-form.js';
import { Screen } from '../../ui/screen.js';
import { Facts } from '../../ui/table.js';
import { Loaded } from '../../ui/ui.js';
import { words } from '../../words/index.js';
import { SignedIn } from '../account/signed-in.js';
import { profileBody, profileDraftOf } from './profile-draft.js';
import { t } from './words.js';

function Page() {
  const query = useQuery(company);
  return (
    <SignedIn role="company">
      {() => <Loaded query={query}>{(one) => <Profile company={one} />}</Loaded>}
    </SignedIn>
  );
}

function Profile({ company: one }: { company: CompanyProfile }) {
  const client = useQueryClient();
  const before = profileDraftOf(one);
  const [isSaved, setSaved] = useState(false);
  const refresh = () => client.invalidateQueries({ queryKey: ['company'] });
  const form = useForm({
    name: 'company profile',
    empty: before,
    send: (draft) =>
      call<CompanyProfile>('PATCH', '/companies/me', {
        body: patchBetween(profileBody(before), profileBody(draft)),
        version: one.version,
      }),
    onDone: () => {
      setSaved(true);
      return refresh();
    },
    onStale: refresh,
  });
  const isSame = Object.keys(patchBetween(profileBody(before), profileBody(form.values))).length === 0;
  return (
    <Screen title={t.profile}>
      <Facts
        facts={[
          [t.uscc, <code key="uscc">{one.uscc}</code>],
          [t.standing, t.standings[one.status]],
        ]}
      />
      <p className="muted">{t.usccHint}</p>
      <form className="stack form" onSubmit={form.submit} noValidate>
        <h2>{t.names}</h2>
        <div className="two">
          <Line form={form} at="nameZh" pointer="/name/zh" label={t.nameZh} isEither />
          <Line form={form} at="nameEn" pointer="/name/en" label={t.nameEn} isEither />
        </div>
        <Whole fault={form.fault('/name')} />
        <Line form={form} at="industry" label={t.industry} />
        <CityFields
          city={form.values.cityCode}
          onChange={(cityCode) => form.set({ cityCode })}
          fault={form.fault('/cityCode')}
        />
        <h2>{t.contact}</h2>
        <p className="muted">{t.contactHint}</p>
        <div className="two">
          <Line
            form={form}
            at="contactName"
            pointer="/contact/name"
            label={t.contactName}
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
          <LanguageChoice
            form={form}
            at="language"
            pointer="/contact/language"
            label={t.language}
            none={t.languageNone}
          />
        </div>
        {isSaved && isSame ? (
          <p className="notice notice-good" role="status">
            {words.saved}
          </p>
        ) : null}
        <FormEnd form={form} label={words.save} isDisabled={isSame}>
          {isSame ? <span className="muted">{t.nothing}</span> : null}
        </FormEnd>
      </form>
    </Screen>
  );
}

export const route = createLazyRoute('/company/profile')({ component: Page });
