import { pathIn } from '../../../../shared/language.js';
import { dateOf } from '../../../../shared/time.js';
import { call } from '../../api/call.js';
import { AskFirst } from '../../ui/act.js';
import { ownZone } from '../../ui/time.js';
import { lang } from '../../words/index.js';
import { ledgerKeys } from './ledger.queries.js';
import { t } from './ledger-words.js';

/** The code of what was announced, which leads to its public check. */
export function Code({ code }: { code: string | null }) {
  if (code === null) return null;
  return (
    <a className="code" href={pathIn(lang, `/verify/${encodeURIComponent(code)}`)}>
      {code}
    </a>
  );
}

/** A draft, or since when it is announced. */
export function LedgerState({ announcedAt }: { announcedAt: string | null }) {
  return announcedAt === null ? (
    <span className="tag">{t.draft}</span>
  ) : (
    <span className="tag tag-confirmed">{t.announcedOn(dateOf(announcedAt, ownZone, lang))}</span>
  );
}

interface ChangeProps {
  /** Of the API, as `/cases/…`. */
  readonly path: string;
  readonly name: string;
  readonly version: number;
}

/** Asks before a draft is deleted. */
export function DeleteDraft({ path, name, version }: ChangeProps) {
  return (
    <AskFirst
      button={t.remove}
      label={`${t.remove} ${name}`}
      title={t.removeTitle(name)}
      hint={t.removeHint}
      action={t.remove}
      run={() => call('DELETE', path, { version })}
      refresh={ledgerKeys}
    />
  );
}

/** Asks before something is announced, since that can't be taken back. */
export function Announce({ path, name, version, title }: ChangeProps & { readonly title?: string }) {
  return (
    <AskFirst
      button={t.announce}
      label={`${t.announce} ${name}`}
      title={title ?? t.announceTitle(name)}
      hint={t.announceHint}
      action={t.announce}
      look="main"
      run={(idempotencyKey) => call('POST', `${path}/announce`, { idempotencyKey, version })}
      refresh={ledgerKeys}
    />
  );
}
