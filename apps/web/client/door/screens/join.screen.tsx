import { useState, type FormEvent, type ReactNode } from 'react';
import type { Me } from '#contracts/people';
import { pathIn } from '../../../shared/language.js';
import { readScan } from '../rules/scan-text.js';
import { unlockSound } from '../feedback/feedback.js';
import { ask } from '../store/exchange.js';
import { openDoor, type Start } from '../store/start.js';
import { lang, words } from '../words/index.js';
import { Camera } from './camera.js';
import { DoorFrame } from './door-app.js';

type Joining = Extract<Start, { kind: 'join' }>;

interface JoinProps {
  readonly begun: Joining;
  readonly decoderUrl: string;
  readonly onJoined: (start: Start) => void;
}

/** Signs the phone in by the pass in the address, or by one that is scanned or pasted here. */
export function JoinScreen({ begun, decoderUrl, onJoined }: JoinProps): ReactNode {
  const [pass, setPass] = useState(begun.pass);
  const [fault, setFault] = useState(problemWords(begun.problem));
  const take = (text: string): void => {
    const read = readScan(text);
    setFault(read.kind === 'pass' ? null : words.join.notAPass);
    if (read.kind === 'pass') setPass(read.token);
  };
  return (
    <DoorFrame>
      <h1>{words.join.title}</h1>
      {begun.waiting === 0 ? null : <p className="door-notice">{words.join.kept(begun.waiting)}</p>}
      {fault === null ? null : (
        <p className="door-notice door-notice-bad" role="alert">
          {fault}
        </p>
      )}
      {pass === null ? (
        <>
          <p>{words.join.lead}</p>
          <PassAddress onTaken={take} />
          <Camera decoderUrl={decoderUrl} isPaused={false} onText={take} />
          <p>
            <a href={`${pathIn(lang, '/sign-in')}?next=${pathIn(lang, '/door')}`}>{words.join.signIn}</a>
          </p>
        </>
      ) : (
        <Ready
          pass={pass}
          onRefused={(why) => {
            setFault(why);
            if (why === words.join.used) setPass(null);
          }}
          onJoined={onJoined}
        />
      )}
    </DoorFrame>
  );
}

function problemWords(problem: Joining['problem']): string | null {
  if (problem === null) return null;
  return problem === 'wrong_role' ? words.join.wrongRole : words.join.offline;
}

function PassAddress({ onTaken }: { onTaken: (text: string) => void }): ReactNode {
  const [text, setText] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onTaken(text);
  };
  return (
    <form className="door-form" onSubmit={submit}>
      <label htmlFor="pass">{words.join.address}</label>
      <div className="door-row">
        <input
          id="pass"
          value={text}
          onChange={(event) => setText(event.target.value)}
          autoComplete="off"
          aria-describedby="pass-hint"
        />
        <button type="submit">{words.join.button}</button>
      </div>
      <p id="pass-hint" className="door-muted">
        {words.join.addressHint}
      </p>
    </form>
  );
}

interface ReadyProps {
  readonly pass: string;
  readonly onRefused: (why: string) => void;
  readonly onJoined: (start: Start) => void;
}

/** A press joins, and not the visit alone: previews of links would use the pass up. */
function Ready({ pass, onRefused, onJoined }: ReadyProps): ReactNode {
  const [isBusy, setBusy] = useState(false);
  const join = async (): Promise<void> => {
    unlockSound();
    setBusy(true);
    const answer = await ask('POST', '/sign-in', { body: { pass } });
    const { stopId } = (answer.body ?? {}) as Partial<Me>;
    if (answer.status === 200 && typeof stopId === 'string') {
      history.replaceState(null, '', pathIn(lang, '/door'));
      void navigator.storage?.persist?.();
      onJoined(await openDoor(stopId));
      return;
    }
    setBusy(false);
    onRefused(refusal(answer.status));
  };
  return (
    <>
      <p>{words.join.ready}</p>
      <p className="door-muted">{words.join.asOther}</p>
      <button type="button" className="door-main" disabled={isBusy} onClick={() => void join()}>
        {isBusy ? words.join.joining : words.join.button}
      </button>
    </>
  );
}

function refusal(status: number): string {
  if (status === 0) return words.join.offline;
  return status === 401 || status === 422 ? words.join.used : words.join.failed;
}
