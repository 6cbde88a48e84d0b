import { useEffect, useState, type ReactNode } from 'react';
import { htmlLang, otherLanguage, pathIn, splitPath } from '../../../shared/language.js';
import { stopTitle } from '../../../shared/stop-title.js';
import { start, type Start } from '../store/start.js';
import { lang, words } from '../words/index.js';
import { DoorScreen } from './door.screen.js';
import { JoinScreen } from './join.screen.js';

/** The page of the door: joins, or opens the door of the stop that this phone is signed in for. */
export function DoorApp({ decoderUrl }: { decoderUrl: string }): ReactNode {
  const [begun, setBegun] = useState<Start | null>(null);
  useEffect(() => {
    let isOld = false;
    void start().then((found) => {
      if (!isOld) setBegun(found);
      else if (found.kind === 'door') found.door.close();
    });
    return () => {
      isOld = true;
    };
  }, []);
  if (begun === null)
    return (
      <p className="door-starting" role="status">
        {words.starting}
      </p>
    );
  switch (begun.kind) {
    case 'door':
      return <DoorScreen door={begun.door} decoderUrl={decoderUrl} />;
    case 'join':
      return <JoinScreen begun={begun} decoderUrl={decoderUrl} onJoined={setBegun} />;
    case 'choose':
      return <Choose stops={begun.stops} />;
  }
}

function Choose({ stops }: { stops: Extract<Start, { kind: 'choose' }>['stops'] }): ReactNode {
  return (
    <DoorFrame>
      <h1>{words.choose.title}</h1>
      {stops.length === 0 ? <p>{words.choose.none}</p> : null}
      <ul className="door-list">
        {stops.map((stop) => (
          <li key={stop.id}>
            <a className="door-button" href={pathIn(lang, `/door/${stop.id}`)}>
              {stopTitle(stop, lang).text}
            </a>
          </li>
        ))}
      </ul>
    </DoorFrame>
  );
}

/** What is around the screens before a door is open. */
export function DoorFrame({ children }: { children: ReactNode }): ReactNode {
  return (
    <>
      <header className="door-top">
        <strong>{words.brand}</strong>
        <OtherLanguage />
      </header>
      <main className="door-narrow">{children}</main>
    </>
  );
}

export function OtherLanguage(): ReactNode {
  const other = otherLanguage(lang);
  const { path } = splitPath(location.pathname);
  return (
    <a href={pathIn(other, path) + location.hash} hrefLang={htmlLang[other]} lang={htmlLang[other]}>
      {words.otherLanguage}
    </a>
  );
}
