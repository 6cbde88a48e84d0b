import type { ReactNode } from 'react';
import { privacyTextVersion } from '../../shared/privacy-text.js';
import { page, type PageRequest } from './page.js';

type Sections = readonly (readonly string[])[];

function TextPage({
  title,
  sections,
  children,
}: {
  title: string;
  sections: Sections;
  children?: ReactNode;
}) {
  return (
    <div className="narrow">
      <h1>{title}</h1>
      {children}
      {sections.map(([heading, text]) => (
        <section key={heading}>
          <h2>{heading}</h2>
          <p>{text}</p>
        </section>
      ))}
    </div>
  );
}

export const helpPage = page({
  name: 'help',
  path: '/help',
  load: async () => null,
  view: (_, { words: { help } }) => ({
    title: help.title,
    body: <TextPage title={help.title} sections={help.sections} />,
  }),
});

export const privacyPage = page({
  name: 'privacy',
  path: '/privacy',
  load: async () => null,
  view: (_, request) => ({
    title: request.words.privacy.title,
    body: (
      <TextPage title={request.words.privacy.title} sections={request.words.privacy.sections}>
        <Controller request={request} />
      </TextPage>
    ),
  }),
});

function Controller({ request: { lang, words, site } }: { request: PageRequest }) {
  const { privacy } = words;
  return (
    <p>
      {privacy.version(privacyTextVersion)}
      {site.operator === undefined ? null : (
        <>
          <br />
          {privacy.operator(site.operator)}
        </>
      )}
      {site.privacyContact === undefined ? null : (
        <>
          <br />
          {privacy.contact}
          {lang === 'zh' ? '：' : ': '}
          {site.privacyContact}
        </>
      )}
    </p>
  );
}

export const accessibilityPage = page({
  name: 'accessibility',
  path: '/accessibility',
  load: async () => null,
  view: (_, { words: { accessibility } }) => ({
    title: accessibility.title,
    body: <TextPage title={accessibility.title} sections={accessibility.sections} />,
  }),
});
