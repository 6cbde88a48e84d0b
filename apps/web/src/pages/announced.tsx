import type { Case, MembershipBatch, Paper } from '#contracts';
import { pathIn } from '../../shared/language.js';
import type { PageData } from '../api/page-data.js';
import type { PageRequest } from './page.js';
import { Text } from './parts.js';

/** What was announced: anybody may read it, and check its codes. */
export interface Announced {
  readonly batches: readonly MembershipBatch[];
  readonly cases: readonly Case[];
  readonly papers: readonly Paper[];
  /** The ids of entries that another one, of this stop or a later one, has replaced. */
  readonly corrected: ReadonlySet<string>;
}

/** @param stopId of this stop alone; all of the tour without it */
export async function announcedOf(data: PageData, tourId: string, stopId?: string): Promise<Announced> {
  const here = (one: { readonly stopId: string | null }) => stopId === undefined || one.stopId === stopId;
  const [batches, cases, papers] = await Promise.all([
    data.listOf<MembershipBatch>(tourId, 'membership-batches'),
    data.listOf<Case>(tourId, 'cases'),
    data.listOf<Paper>(tourId, 'papers'),
  ]);
  const entries = [...batches.flatMap(({ members }) => members), ...cases, ...papers];
  return {
    batches: batches.filter(here),
    cases: cases.filter(here),
    papers: papers.filter(here),
    corrected: new Set(entries.flatMap(({ corrects }) => corrects ?? [])),
  };
}

interface Props {
  readonly announced: Announced;
  readonly request: PageRequest;
}

/** The members with the numbers of their plaques, the cases, the papers; each code leads to its public check. */
export function AnnouncedLists({ announced: { batches, cases, papers, corrected }, request }: Props) {
  const { lang, words } = request;
  const t = words.results;
  const note = (id: string) => (corrected.has(id) ? <span className="muted"> · {t.corrected}</span> : null);
  return (
    <>
      {batches.map(({ id, alliance, series, members }) => (
        <section key={id} aria-labelledby={`batch-${id}`}>
          <h2 id={`batch-${id}`}>
            {t.total.members} · <Text of={alliance} lang={lang} /> · {numbersOf(members)}
          </h2>
          <p className="muted">{t.series(series)}</p>
          <div className="table-box" role="group" aria-labelledby={`batch-${id}`} tabIndex={0}>
            <table>
              <thead>
                <tr>
                  <th scope="col" className="number">
                    {t.plaque}
                  </th>
                  <th scope="col" className="share">
                    {t.name}
                  </th>
                  <th scope="col">{t.category}</th>
                  <th scope="col">{t.code}</th>
                </tr>
              </thead>
              <tbody>
                {members.map(({ id: memberId, number, name, category, code }) => (
                  <tr key={memberId}>
                    <td className="number">{number}</td>
                    <th scope="row" className="share">
                      <Text of={name} lang={lang} />
                      {note(memberId)}
                    </th>
                    <td>{category}</td>
                    <td>
                      <Code code={code} request={request} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
      ))}
      {cases.length === 0 ? null : (
        <section aria-labelledby="cases">
          <h2 id="cases">{t.total.cases}</h2>
          <ol className="announced">
            {cases.map(({ id, title, field, summary, code }) => (
              <li key={id}>
                <strong>
                  <Text of={title} lang={lang} />
                </strong>{' '}
                <span className="muted">· {field}</span>
                {note(id)} <Code code={code} request={request} />
                <p>
                  <Text of={summary} lang={lang} />
                </p>
              </li>
            ))}
          </ol>
        </section>
      )}
      {papers.length === 0 ? null : (
        <section aria-labelledby="papers">
          <h2 id="papers">{t.total.papers}</h2>
          <ul className="announced">
            {papers.map(({ id, title, issuers, edition, url, code }) => (
              <li key={id}>
                <strong>
                  {url === null ? (
                    <Text of={title} lang={lang} />
                  ) : (
                    <a href={url} rel="noopener">
                      <Text of={title} lang={lang} />
                    </a>
                  )}
                </strong>{' '}
                <span className="muted">
                  · {issuers.join(lang === 'zh' ? '、' : ', ')} · {edition}
                </span>
                {note(id)} <Code code={code} request={request} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** The numbers of a batch, which stand side by side; they tell batches of one alliance apart. */
function numbersOf(members: MembershipBatch['members']): string {
  const [first, last] = [members[0]?.number, members.at(-1)?.number];
  return first === last ? `No. ${first}` : `No. ${first}–${last}`;
}

function Code({ code, request: { lang, words } }: { code: string | null; request: PageRequest }) {
  if (code === null) return null;
  return (
    <a
      className="code"
      aria-label={`${words.verify.check} ${code}`}
      href={pathIn(lang, `/verify/${encodeURIComponent(code)}`)}
    >
      {code}
    </a>
  );
}
