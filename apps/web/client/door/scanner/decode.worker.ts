import decodeQR from 'qr/decode.js';

interface Frame {
  readonly id: number;
  readonly width: number;
  readonly height: number;
  readonly data: ArrayBuffer;
}

const answer = self as unknown as { postMessage(message: { id: number; text: string | null }): void };

/** Reads one picture after the other; a picture without a code is the usual case. */
addEventListener('message', ({ data: frame }: MessageEvent<Frame>) => {
  answer.postMessage({ id: frame.id, text: decode(frame) });
});

function decode({ width, height, data }: Frame): string | null {
  try {
    return decodeQR({ width, height, data: new Uint8ClampedArray(data) }) ?? null;
  } catch {
    return null;
  }
}
