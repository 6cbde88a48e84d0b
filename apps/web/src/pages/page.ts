import type { ReactNode } from 'react';
import type { PageData } from '../api/page-data.js';
import type { Lang } from '../../shared/language.js';
import type { Words } from '../../shared/words/words.js';

/** What a page is asked for. */
export interface PageRequest {
  readonly lang: Lang;
  readonly words: Words;
  /** The path without its language, as `/stops/…`. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  /** Of the names that the page knows; what is missing is an empty string. */
  readonly query: Readonly<Record<string, string>>;
  readonly nowMs: number;
  readonly site: Site;
}

/** What the settings say of this installation. */
export interface Site {
  readonly publicUrl: string;
  readonly operator: string | undefined;
  readonly privacyContact: string | undefined;
  readonly icpFiling: string | undefined;
  readonly policeFiling: string | undefined;
}

/** What a page shows. */
export interface PageView {
  readonly title: string;
  readonly description?: string;
  readonly body: ReactNode;
  /** Rules that only this page has, such as the places of its timetable. */
  readonly style?: string;
  /** Search engines leave it out. */
  readonly isUnlisted?: boolean;
  /** Without the site's header and footer. */
  readonly isBare?: boolean;
  readonly status?: number;
}

/** One public page: `load` reads what it shows, `view` is a pure function of that. */
export interface Page<Model = unknown> {
  /** In metrics. */
  readonly name: string;
  /** With parameters as `:id`. */
  readonly path: string;
  /** The names of the query that it knows. */
  readonly query?: readonly string[];
  /** @throws NotFound, ApiUnavailable */
  readonly load: (data: PageData, request: PageRequest) => Promise<Model>;
  readonly view: (model: Model, request: PageRequest) => PageView;
}

/** Keeps the type of the model between `load` and `view`, and forgets it for the table of pages. */
export const page = <Model>(one: Page<Model>): Page => one as Page;
