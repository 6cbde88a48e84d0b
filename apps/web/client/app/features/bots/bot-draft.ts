import type { EventsDraft } from '../webhooks/webhook-draft.js';
import { patchBetween } from '../../form/patch.js';
import type { Bot } from './bots.queries.js';

export interface BotDraft extends EventsDraft {
  readonly kind: string;
  readonly url: string;
  readonly secret: string;
  /** The robot asks for signatures no more. */
  readonly isUnsigned: boolean;
  readonly language: string;
}

/** Who knows the address of a robot can write to its group, so it is as secret as the secret. */
export const botSecrets = ['url', 'secret'] as const;

export const emptyBot = (language: string): BotDraft => ({
  kind: 'wecom',
  url: '',
  secret: '',
  isUnsigned: false,
  language,
  types: ['registration.*'],
  stopIds: [],
});

/** Address and secret are never shown again, so they begin empty; what stays empty stays as it is. */
export function botDraftOf({ kind, language, types, stopIds }: Stored): BotDraft {
  return { kind, url: '', secret: '', isUnsigned: false, language, types, stopIds: stopIds ?? [] };
}

type Stored = Pick<Bot, 'kind' | 'language' | 'types' | 'stopIds'>;

export function botBody({ kind, url, secret, language, types, stopIds }: BotDraft) {
  return {
    kind,
    url: url.trim(),
    language,
    types,
    ...(stopIds.length === 0 ? {} : { stopIds }),
    ...(secret.trim() === '' ? {} : { secret: secret.trim() }),
  };
}

/** What of a robot is to change, as a merge patch; empty where nothing is. */
export function botPatch(bot: Stored, draft: BotDraft): Record<string, unknown> {
  const [url, secret] = [draft.url.trim(), draft.secret.trim()];
  return {
    ...patchBetween(eventsOf(botDraftOf(bot)), eventsOf(draft)),
    ...(url === '' ? {} : { url }),
    ...(draft.isUnsigned ? { secret: null } : secret === '' ? {} : { secret }),
  };
}

const eventsOf = ({ language, types, stopIds }: BotDraft) => ({
  language,
  types,
  stopIds: stopIds.length === 0 ? null : stopIds,
});
