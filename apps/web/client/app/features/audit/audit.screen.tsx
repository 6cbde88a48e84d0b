import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, createLazyRoute, useNavigate, useSearch } from '@tanstack/react-router';
import type { Me } from '#contracts/people';
import { call } from '../../api/call.js';
import { all, companies, stops, type Page as PageOf } from '../../api/queries.js';
import { inLang, type Localized } from '../../../../shared/language.js';
import { stopTitle } from '../../../../shared/stop-title.js';
import { Screen } from '../../ui/screen.js';
import { ownMoment } from '../../ui/time.js';
import { Button, Loaded } from '../../ui/ui.js';
import { lang } from '../../words/index.js';
import { SignedIn } from '../account/signed-in.js';
import { changesOf, nameWithin, thingOf, verbOf, type AuditLine } from './audit-line.js';
import { fieldWords, valueWords } from './value-words.js';
import { t } from './words.js';

type Type = keyof typeof t.types;

const Page = () => <SignedIn role="organizer">{(person) => <Audit person={person} />}</SignedIn>;

function Audit({ person }: { person: Me }) {
  const { type, id }: { type?: string; id?: string } = useSearch({ strict: false });
  const navigate = useNavigate();
  const filter =
    (type === undefined ? '' : `&resourceType=${type}`) + (id === undefined ? '' : `&resourceId=${id}`);
  const query = useInfiniteQuery({
    queryKey: ['audit', filter],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      call<PageOf<AuditLine>>('GET', `/audit?sort=-createdAt&limit=50${filter}${pageParam}`),
    getNextPageParam: ({ nextCursor }) =>
      nextCursor === null ? undefined : `&cursor=${encodeURIComponent(nextCursor)}`,
  });
  return (
    <Screen title={t.title} lead={t.lead}>
      <nav className="tabs" aria-label={t.type}>
        {[undefined, ...(Object.keys(t.types) as Type[])].map((one) => (
          <button
            key={one ?? 'all'}
            type="button"
            aria-pressed={type === one}
            onClick={() =>
              void navigate({
                to: '/console/audit',
                search: one === undefined ? {} : { type: one },
                replace: true,
              })
            }
          >
            {one === undefined ? t.all : t.types[one]}
          </button>
        ))}
      </nav>
      <Loaded query={query}>
        {({ pages }) => {
          const lines = pages.flatMap(({ items }) => items);
          return (
            <>
              {lines.length === 0 ? <p className="empty">{t.none}</p> : null}
              <Lines lines={lines} person={person} />
              {query.hasNextPage ? (
                <Button
                  look="plain"
                  isDisabled={query.isFetchingNextPage}
                  onPress={() => void query.fetchNextPage()}
                >
                  {t.more}
                </Button>
              ) : null}
            </>
          );
        }}
      </Loaded>
    </Screen>
  );
}

function Lines({ lines, person }: { lines: readonly AuditLine[]; person: Me }) {
  const nameOf = useNames(person);
  return (
    <ol className="rows">
      {lines.map((line) => (
        <li key={line.id}>
          <span>
            {t.sentence(
              nameOf.actor(line),
              t.actions[verbOf(line.action)] ?? t.other(line.action),
              nameOf.resource(line),
            )}
            <Changes line={line} />
          </span>
          <span className="muted nowrap">
            <ToResource line={line} /> {ownMoment(line.at)}
          </span>
        </li>
      ))}
    </ol>
  );
}

function Changes({ line }: { line: AuditLine }) {
  const changes = changesOf(line);
  if (changes.length === 0) return null;
  return (
    <details>
      <summary>
        {t.changes} ({changes.length})
      </summary>
      <ul>
        {changes.map(({ field, before, after }) => (
          <li key={field}>
            {before === undefined
              ? t.set(fieldWords(field), valueWords(after))
              : t.change(fieldWords(field), valueWords(before), valueWords(after))}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Where the thing itself stands in the console. */
function ToResource({ line: { resourceType, resourceId, after } }: { line: AuditLine }) {
  const name = t.types[resourceType as Type];
  const stopId = resourceType === 'stop' ? resourceId : after?.['stopId'];
  if (resourceType === 'tour') {
    return (
      <Link to="/console/tours/$tourId" params={{ tourId: resourceId }}>
        {name}
      </Link>
    );
  }
  return typeof stopId === 'string' ? (
    <Link to="/console/stops/$stopId" params={{ stopId }}>
      {t.types.stop}
    </Link>
  ) : null;
}

interface Key {
  readonly id: string;
  readonly label: string;
}

/** Names for ids, from the lists that the organizer has anyway; where there is none, the kind of thing. */
function useNames(person: Me) {
  const tours = useQuery(stops);
  const known = useQuery(companies(''));
  const keys = useQuery({ queryKey: ['api-keys'], queryFn: () => all<Key>('/api-keys') });
  const roleOf = (role: string): string => t.roles[role as keyof typeof t.roles] ?? role;
  const actor = ({ actor: { role, keyId, userId } }: AuditLine): string => {
    if (userId !== null) return userId === person.user?.id ? t.you : t.person(roleOf(role));
    if (keyId === null) return role === 'admin' ? t.system : t.caller(roleOf(role));
    if (keyId === person.keyId) return t.you;
    const key = keys.data?.find(({ id }) => id === keyId);
    return key === undefined ? t.caller(roleOf(role)) : t.key(key.label);
  };
  const named = (type: string, id: string): string | null => {
    const stop = tours.data?.flatMap((one) => one.stops).find((one) => one.id === id);
    if (stop !== undefined) return stopTitle(stop, lang).text;
    const found =
      type === 'tour'
        ? tours.data?.find((one) => one.tour.id === id)?.tour.name
        : known.data?.find((one) => one.id === id)?.name;
    return found === undefined ? null : inLang(found, lang);
  };
  const resource = (line: AuditLine): string => {
    const type = t.things[thingOf(line.action)] ?? t.types[line.resourceType as Type] ?? line.resourceType;
    const within = nameWithin(line);
    const own =
      typeof within === 'string' ? within : within === null ? null : inLang(within as Localized, lang);
    const name = named(line.resourceType, line.resourceId) ?? own ?? atStop(line);
    return name === null ? t.unnamed(type) : t.named(type, name);
  };
  /** A registration and a session have no name of their own, but a place. */
  const atStop = ({ before, after }: AuditLine): string | null => {
    const companyId = after?.['companyId'] ?? before?.['companyId'];
    const stopId = after?.['stopId'] ?? before?.['stopId'];
    const names = [companyId, stopId].flatMap((id) => (typeof id === 'string' ? [named('company', id)] : []));
    return names.filter((one) => one !== null).join(' · ') || null;
  };
  return { actor, resource };
}

export const route = createLazyRoute('/console/audit')({ component: Page });
