import '../tokens.css';
import '../parts.css';
import './app.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { I18nProvider } from 'react-aria-components';
import { htmlLang } from '../../shared/language.js';
import { ApiProblem } from './api/call.js';
import { router } from './router.js';
import { lang } from './words/index.js';

const maxRetries = 2;

const client = new QueryClient({
  defaultOptions: {
    queries: {
      // What was refused is refused again; what did not answer may answer.
      retry: (failures, error) =>
        failures < maxRetries && !(error instanceof ApiProblem && error.status >= 400 && error.status < 500),
    },
  },
});

const place = document.getElementById('app');
if (place !== null) {
  createRoot(place).render(
    <StrictMode>
      <I18nProvider locale={htmlLang[lang]}>
        <QueryClientProvider client={client}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </I18nProvider>
    </StrictMode>,
  );
}
