import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { Assets } from '../assets/assets.service.js';
import { htmlLang, languages, otherLanguage, pathIn } from '../../shared/language.js';
import { timeOf } from '../../shared/time.js';
import { words as allWords } from '../../shared/words/words.js';
import type { PageRequest, PageView } from './page.js';

/** Where the clock of a notice stands that belongs to no stop. */
export const noticeZone = 'Asia/Shanghai';

/** The HTML of a page, complete without JavaScript. */
export function renderDocument(
  view: PageView,
  request: PageRequest,
  assets: Assets,
  staleSinceMs: number | undefined,
): string {
  const { lang, words } = request;
  const style = assets.entry('public/style.css');
  const { script } = assets.entry('public/enhance.ts');
  const html = renderToStaticMarkup(
    <html lang={htmlLang[lang]}>
      <head>
        <Head view={view} request={request} />
        {style.styles.map((href) => (
          <link key={href} rel="stylesheet" href={href} />
        ))}
        {view.style === undefined || view.style === '' ? null : <style>{view.style}</style>}
        {script === null ? null : <script type="module" src={script} />}
      </head>
      <body>
        <a className="skip" href="#content">
          {words.skip}
        </a>
        {view.isBare === true ? null : <Header request={request} />}
        <main id="content" tabIndex={-1}>
          {staleSinceMs === undefined ? null : (
            <p className="notice notice-stale" role="status">
              {words.stale(staleTime(staleSinceMs))}
            </p>
          )}
          {view.body}
        </main>
        {view.isBare === true ? null : <Footer request={request} />}
      </body>
    </html>,
  );
  return `<!doctype html>${html}`;
}

function staleTime(atMs: number): string {
  return `${timeOf(new Date(atMs).toISOString(), noticeZone)} (UTC+8)`;
}

function Head({ view, request }: { view: PageView; request: PageRequest }): ReactNode {
  const { lang, words, path, site } = request;
  const title = view.title === words.site ? view.title : `${view.title} · ${words.site}`;
  const description = view.description ?? words.tagline;
  const url = (one: typeof lang) => `${site.publicUrl}${pathIn(one, path)}`;
  return (
    <>
      <meta charSet="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{title}</title>
      <meta name="description" content={description} />
      <meta name="format-detection" content="telephone=no" />
      <meta name="theme-color" content="#0a3d62" />
      {view.isUnlisted === true || view.status !== undefined ? (
        <meta name="robots" content="noindex" />
      ) : (
        <>
          <link rel="canonical" href={url(lang)} />
          {languages.map((one) => (
            <link key={one} rel="alternate" hrefLang={htmlLang[one]} href={url(one)} />
          ))}
          <link rel="alternate" hrefLang="x-default" href={url('zh')} />
        </>
      )}
      <meta property="og:type" content="website" />
      <meta property="og:site_name" content={words.site} />
      <meta property="og:title" content={view.title} />
      <meta property="og:description" content={description} />
      <meta property="og:url" content={url(lang)} />
      <meta property="og:image" content={`${site.publicUrl}/card.png`} />
      <meta property="og:locale" content={lang === 'zh' ? 'zh_CN' : 'en_GB'} />
      <meta name="twitter:card" content="summary_large_image" />
      <link rel="icon" href="/icon.svg" type="image/svg+xml" />
    </>
  );
}

function Header({ request: { lang, words, path } }: { request: PageRequest }): ReactNode {
  const other = otherLanguage(lang);
  return (
    <header className="top">
      <div className="top-in">
        <a className="brand" href={pathIn(lang, '/')}>
          <span className="brand-mark" aria-hidden="true" />
          {words.site}
        </a>
        <nav aria-label={words.nav.label}>
          <a href={pathIn(lang, '/help')}>{words.nav.help}</a>
          <a href={pathIn(lang, '/company')}>{words.nav.desk}</a>
          <a href={pathIn(other, path)} hrefLang={htmlLang[other]} lang={htmlLang[other]}>
            {allWords[lang].language.switchTo}
          </a>
        </nav>
      </div>
    </header>
  );
}

function Footer({ request: { lang, words, site } }: { request: PageRequest }): ReactNode {
  return (
    <footer className="foot">
      <nav aria-label={words.footer.label}>
        <a href={pathIn(lang, '/help')}>{words.footer.help}</a>
        <a href={pathIn(lang, '/privacy')}>{words.footer.privacy}</a>
        <a href={pathIn(lang, '/accessibility')}>{words.footer.accessibility}</a>
        <a href={pathIn(lang, '/verify')}>{words.footer.verify}</a>
        <a href="/docs">{words.footer.api}</a>
      </nav>
      {site.operator === undefined ? null : (
        <p>
          {words.footer.operator}
          {lang === 'zh' ? '：' : ' '}
          {site.operator}
        </p>
      )}
      {site.icpFiling === undefined && site.policeFiling === undefined ? null : (
        <p className="filings" lang="zh-CN">
          {site.icpFiling === undefined ? null : <a href="https://beian.miit.gov.cn/">{site.icpFiling}</a>}
          {site.policeFiling === undefined ? null : (
            <a href={`https://beian.mps.gov.cn/#/query/webSearch?code=${filingCode(site.policeFiling)}`}>
              {site.policeFiling}
            </a>
          )}
        </p>
      )}
    </footer>
  );
}

/** The digits of a police filing, by which it is looked up. */
const filingCode = (filing: string): string => filing.replace(/\D/g, '');
