import { useMutation } from '@tanstack/react-query';
import { inLang, pathIn } from '../../../../shared/language.js';
import { call } from '../../api/call.js';
import type { Me } from '#contracts/people';
import { lang, words } from '../../words/index.js';
import { placeAfterSignIn } from './next-place.js';

/** Whom somebody with several memberships acts for. The page is loaded anew: each of them sees other things. */
export function ActingAs({ person }: { person: Me }) {
  const change = useMutation({
    mutationFn: (membershipId: string) => call<Me>('PUT', '/me/acting-as', { body: { membershipId } }),
    onSuccess: ({ role }) => location.assign(placeAfterSignIn(null, role, pathIn(lang, '/') !== '/')),
  });
  if (person.memberships.length < 2) return null;
  const current = person.memberships.find((one) => isCurrent(one, person))?.id ?? '';
  return (
    <label className="acting-as">
      <span className="hidden-visually">{words.nav.actingAs}</span>
      <select
        value={current}
        disabled={change.isPending}
        onChange={(event) => change.mutate(event.target.value)}
      >
        {person.memberships.map((one) => (
          <option key={one.id} value={one.id}>
            {nameOf(one)}
          </option>
        ))}
      </select>
    </label>
  );
}

function isCurrent({ role, organization, company }: Me['memberships'][number], person: Me): boolean {
  if (role !== person.role) return false;
  return role === 'company' ? company?.id === person.companyId : organization?.id === person.organizationId;
}

function nameOf({ role, organization, company }: Me['memberships'][number]): string {
  const name = (role === 'company' ? company : organization)?.name;
  return `${name === undefined || name === null ? '' : inLang(name, lang)} (${words.roles[role]})`;
}
