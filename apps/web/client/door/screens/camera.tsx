import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import { Decoder } from '../scanner/decoder.js';
import { words } from '../words/index.js';

interface CameraProps {
  readonly decoderUrl: string;
  /** Nothing is read while somebody has to decide. */
  readonly isPaused: boolean;
  readonly onText: (text: string) => void;
  readonly startsAtOnce?: boolean;
  readonly onSwitch?: (isOn: boolean) => void;
}

type Trouble = 'denied' | 'none' | 'photoNone';
const frameMs = 80;

/** The camera as a scanner; where there is none, a photo does. */
export function Camera({
  decoderUrl,
  isPaused,
  onText,
  startsAtOnce = false,
  onSwitch,
}: CameraProps): ReactNode {
  const [isOn, setOn] = useState(startsAtOnce);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const turn = (on: boolean): void => {
    setTrouble(null);
    setOn(on);
    onSwitch?.(on);
  };
  return (
    <section className="door-camera" aria-label={words.camera.label}>
      {isOn ? (
        <Live
          decoderUrl={decoderUrl}
          isPaused={isPaused}
          onText={onText}
          onTrouble={(why) => {
            setTrouble(why);
            setOn(false);
          }}
        />
      ) : null}
      {trouble === null ? null : (
        <p className="door-notice" role="alert">
          {words.camera[trouble]}
        </p>
      )}
      <div className="door-row">
        <button type="button" onClick={() => turn(!isOn)}>
          {isOn ? words.camera.stop : words.camera.start}
        </button>
        <Photo decoderUrl={decoderUrl} onText={onText} onNone={() => setTrouble('photoNone')} />
      </div>
    </section>
  );
}

interface LiveProps {
  readonly decoderUrl: string;
  readonly isPaused: boolean;
  readonly onText: (text: string) => void;
  readonly onTrouble: (why: Trouble) => void;
}

function Live({ decoderUrl, isPaused, onText, onTrouble }: LiveProps): ReactNode {
  const video = useRef<HTMLVideoElement>(null);
  const { track, restart } = useStream(video, onTrouble);
  useDecoding(video, { decoderUrl, isPaused, onText });
  useEffect(() => {
    // The camera is dead after the phone was in a pocket, and not every phone says so.
    const revive = (): void => {
      if (document.visibilityState === 'visible' && track?.readyState === 'ended') restart();
    };
    for (const type of ['focus', 'pageshow']) addEventListener(type, revive);
    return () => {
      for (const type of ['focus', 'pageshow']) removeEventListener(type, revive);
    };
  }, [track, restart]);
  return (
    <div className="door-video">
      <video ref={video} playsInline muted autoPlay aria-label={words.camera.label} />
      {isPaused ? <p className="door-paused">{words.camera.paused}</p> : null}
      {track === null ? null : <Torch track={track} />}
    </div>
  );
}

function useStream(video: RefObject<HTMLVideoElement | null>, onTrouble: (why: Trouble) => void) {
  const [track, setTrack] = useState<MediaStreamTrack | null>(null);
  const [round, setRound] = useState(0);
  const trouble = useRef(onTrouble);
  trouble.current = onTrouble;
  useEffect(() => {
    let isOver = false;
    let stream: MediaStream | undefined;
    void openCamera().then((opened) => {
      if (typeof opened === 'string') {
        if (!isOver) trouble.current(opened);
        return;
      }
      stream = opened;
      if (isOver) return stop(stream);
      if (video.current !== null) video.current.srcObject = stream;
      setTrack(stream.getVideoTracks()[0] ?? null);
    });
    return () => {
      isOver = true;
      stop(stream);
    };
  }, [video, round]);
  return { track, restart: () => setRound((one) => one + 1) };
}

const stop = (stream: MediaStream | undefined): void => {
  for (const track of stream?.getTracks() ?? []) track.stop();
};

async function openCamera(): Promise<MediaStream | Trouble> {
  // Old engines, and pages without TLS, have no such interface at all.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (devices === undefined) return 'none';
  try {
    return await devices.getUserMedia({
      audio: false,
      video: { facingMode: 'environment', width: { ideal: 1_280 }, height: { ideal: 720 } },
    });
  } catch (error) {
    return error instanceof DOMException && error.name === 'NotAllowedError' ? 'denied' : 'none';
  }
}

function useDecoding(
  video: RefObject<HTMLVideoElement | null>,
  { decoderUrl, isPaused, onText }: Pick<LiveProps, 'decoderUrl' | 'isPaused' | 'onText'>,
): void {
  const latest = useRef({ isPaused, onText });
  latest.current = { isPaused, onText };
  useEffect(() => {
    const decoder = new Decoder(decoderUrl);
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const look = async (): Promise<void> => {
      const element = video.current;
      const isReady = element !== null && element.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA;
      const text = isReady && !latest.current.isPaused ? await decoder.decode(element) : null;
      if (isOver) return;
      if (text !== null) latest.current.onText(text);
      timer = setTimeout(() => void look(), frameMs);
    };
    void look();
    return () => {
      isOver = true;
      clearTimeout(timer);
      decoder.stop();
    };
  }, [video, decoderUrl]);
}

function Torch({ track }: { track: MediaStreamTrack }): ReactNode {
  const [isLit, setLit] = useState(false);
  // TypeScript's library of browsers does not know torches.
  const { torch } = (track.getCapabilities?.() ?? {}) as { torch?: boolean };
  if (torch !== true) return null;
  const light = async (): Promise<void> => {
    await track.applyConstraints({ advanced: [{ torch: !isLit } as MediaTrackConstraintSet] });
    setLit(!isLit);
  };
  return (
    <button type="button" aria-pressed={isLit} onClick={() => void light()}>
      {words.camera.torch}
    </button>
  );
}

interface PhotoProps {
  readonly decoderUrl: string;
  readonly onText: (text: string) => void;
  readonly onNone: () => void;
}

function Photo({ decoderUrl, onText, onNone }: PhotoProps): ReactNode {
  const read = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    const decoder = new Decoder(decoderUrl);
    const picture = await createImageBitmap(file).catch(() => null);
    const text = picture === null ? null : await decoder.decode(picture, true);
    decoder.stop();
    if (text === null) onNone();
    else onText(text);
  };
  return (
    <label className="door-button">
      {words.camera.photo}
      <input
        type="file"
        accept="image/*"
        capture="environment"
        className="door-hidden"
        onChange={(event) => {
          void read(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
    </label>
  );
}
