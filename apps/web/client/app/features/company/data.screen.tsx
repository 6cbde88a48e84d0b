import { createLazyRoute } from '@tanstack/react-router';
import { pathIn } from '../../../../shared/language.js';
import { Screen } from '../../ui/screen.js';
import { lang } from '../../words/index.js';
import { SignedIn } from '../account/signed-in.js';
import { t } from './words.js';

const Page = () => (
  <SignedIn role="company">
    {() => (
      <Screen title={t.data} lead={t.dataLead}>
        <p className="actions">
          <a className="button button-main" href="/v1/companies/me/export" download="company.json">
            {t.dataDownload}
          </a>
        </p>
        <p className="muted">
          {t.dataErase} <a href={pathIn(lang, '/privacy')}>{t.privacy}</a>
        </p>
      </Screen>
    )}
  </SignedIn>
);

export const route = createLazyRoute('/company/data')({ component: Page });
