import type { Localized } from '../../shared/language.js';
import { pathIn } from '../../shared/language.js';
import { dateOf } from '../../shared/time.js';
import { noticeZone } from './document.js';
import { page, type Page, type PageRequest } from './page.js';
import { Fact, Text } from './parts.js';

/** What the API says of a code that was issued or announced; of any other it says `valid: false` alone. */
interface Verified {
  readonly valid: boolean;
  readonly kind?: keyof PageRequest['words']['verify']['kinds'];
  readonly number?: number | string | null;
  readonly holder?: Localized | string | null;
  readonly title?: Localized | string | null;
  readonly announcedAt?: string | null;
  readonly status?: 'valid' | 'revoked' | 'replaced';
  readonly replacedBy?: string | null;
}

interface Model {
  readonly code: string;
  /** `null` where there is no code to look up, or nobody here who could. */
  readonly verified: Verified | null;
}

/** Codes have at most some thirty characters; what is longer is none. */
const maxCodeChars = 64;

const verifyAt = (path: string): Page =>
  page<Model>({
    name: 'verify',
    path,
    query: ['code'],
    load: async (data, { params, query }) => {
      const code = (params['code'] ?? query['code'] ?? '').trim().slice(0, maxCodeChars);
      if (code === '') return { code, verified: null };
      return { code, verified: await data.find<Verified>(`/v1/verify/${encodeURIComponent(code)}`) };
    },
    view: ({ code, verified }, request) => ({
      title: request.words.verify.title,
      isUnlisted: code !== '',
      body: (
        <div className="narrow">
          <h1>{request.words.verify.title}</h1>
          <p>{request.words.verify.lead}</p>
          <CodeForm code={code} request={request} />
          {code === '' ? null : <Result verified={verified} request={request} />}
        </div>
      ),
    }),
  });

/** The form, and the address that is printed beside a code. */
export const verifyPages: readonly Page[] = [verifyAt('/verify'), verifyAt('/verify/:code')];

function CodeForm({ code, request: { lang, words } }: { code: string; request: PageRequest }) {
  return (
    <form className="filters" method="get" action={pathIn(lang, '/verify')}>
      <label className="grow">
        <span>{words.verify.code}</span>
        <input
          name="code"
          defaultValue={code}
          required
          maxLength={maxCodeChars}
          autoComplete="off"
          spellCheck={false}
        />
      </label>
      <button type="submit">{words.verify.check}</button>
    </form>
  );
}

function Result({ verified, request }: { verified: Verified | null; request: PageRequest }) {
  const { words } = request;
  const t = words.verify;
  if (verified === null)
    return (
      <p className="notice" role="status">
        {t.notHere}
      </p>
    );
  if (verified.status === undefined)
    return (
      <p className="notice notice-bad" role="status">
        <strong>{t.unknown}</strong> {t.unknownHint}
      </p>
    );
  return (
    <section aria-labelledby="result">
      <h2 id="result" className={`verify-${verified.status}`}>
        <span aria-hidden="true">{verified.valid ? '✓' : '✕'}</span> {t.status[verified.status]}
      </h2>
      <Details of={verified} request={request} />
    </section>
  );
}

function Details({ of, request: { lang, words } }: { of: Verified; request: PageRequest }) {
  const t = words.verify;
  const text = (value: Localized | string) =>
    typeof value === 'string' ? value : <Text of={value} lang={lang} />;
  return (
    <dl className="facts">
      {of.kind === undefined ? null : <Fact name={t.kind}>{t.kinds[of.kind]}</Fact>}
      {of.title === undefined || of.title === null ? null : <Fact name={t.of}>{text(of.title)}</Fact>}
      {of.holder === undefined || of.holder === null ? null : <Fact name={t.holder}>{text(of.holder)}</Fact>}
      {of.number === undefined || of.number === null ? null : <Fact name={t.number}>{of.number}</Fact>}
      {of.announcedAt === undefined || of.announcedAt === null ? null : (
        <Fact name={t.since}>
          <time dateTime={of.announcedAt}>{dateOf(of.announcedAt, noticeZone, lang)}</time>
        </Fact>
      )}
      {of.replacedBy === undefined || of.replacedBy === null ? null : (
        <Fact name={t.replacedBy}>
          <a href={pathIn(lang, `/verify/${of.replacedBy}`)}>{of.replacedBy}</a>
        </Fact>
      )}
    </dl>
  );
}
