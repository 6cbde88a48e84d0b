import { pathIn } from '../../shared/language.js';
import type { PageRequest, PageView } from './page.js';

export function notFoundView({ words, lang }: PageRequest): PageView {
  return {
    title: words.notFound.title,
    status: 404,
    body: (
      <div className="narrow">
        <h1>{words.notFound.title}</h1>
        <p>{words.notFound.text}</p>
        <p>
          <a className="button" href={pathIn(lang, '/')}>
            {words.notFound.home}
          </a>
        </p>
      </div>
    ),
  };
}

export function unavailableView({ words, lang, path }: PageRequest): PageView {
  return {
    title: words.unavailable.title,
    status: 503,
    body: (
      <div className="narrow">
        <h1>{words.unavailable.title}</h1>
        <p>{words.unavailable.text}</p>
        <p>
          <a className="button" href={pathIn(lang, path)}>
            {words.unavailable.retry}
          </a>
        </p>
      </div>
    ),
  };
}
