import { trustedScript } from '../trusted.js';

/** Something a canvas can draw. */
export type Picture = HTMLVideoElement | ImageBitmap;

interface NativeDetector {
  detect(picture: Picture): Promise<readonly { readonly rawValue: string }[]>;
}
interface NativeDetectorClass {
  new (options: { formats: string[] }): NativeDetector;
  getSupportedFormats(): Promise<readonly string[]>;
}

/** Enough for a badge at arm's length; more only costs time. */
const maxSide = 720;
const maxPhotoSide = 1_600;

/** Reads the QR code in a picture: by the browser where it can, else by a worker of our own. */
export class Decoder {
  private readonly canvas = document.createElement('canvas');
  private readonly waiting = new Map<number, (text: string | null) => void>();
  private worker: Worker | undefined;
  private native: NativeDetector | null | undefined;
  private number = 0;

  constructor(private readonly workerUrl: string) {}

  async decode(picture: Picture, isPhoto = false): Promise<string | null> {
    const byBrowser = await this.byBrowser(picture);
    return byBrowser === undefined ? this.byWorker(picture, isPhoto ? maxPhotoSide : maxSide) : byBrowser;
  }

  stop(): void {
    this.worker?.terminate();
    this.worker = undefined;
    for (const answer of this.waiting.values()) answer(null);
    this.waiting.clear();
  }

  /** @returns `undefined` where the browser has no reader of its own, or one that fails, as inside WeChat */
  private async byBrowser(picture: Picture): Promise<string | null | undefined> {
    this.native ??= await nativeDetector();
    if (this.native === null) return undefined;
    try {
      return (await this.native.detect(picture))[0]?.rawValue ?? null;
    } catch {
      this.native = null;
      return undefined;
    }
  }

  private byWorker(picture: Picture, side: number): Promise<string | null> {
    const image = this.pixels(picture, side);
    if (image === null) return Promise.resolve(null);
    const id = (this.number += 1);
    return new Promise((resolve) => {
      this.waiting.set(id, resolve);
      const { width, height, data } = image;
      this.running().postMessage({ id, width, height, data: data.buffer }, [data.buffer]);
    });
  }

  private running(): Worker {
    if (this.worker === undefined) {
      this.worker = new Worker(trustedScript(this.workerUrl), { type: 'module' });
      this.worker.addEventListener(
        'message',
        ({ data }: MessageEvent<{ id: number; text: string | null }>) => {
          this.waiting.get(data.id)?.(data.text);
          this.waiting.delete(data.id);
        },
      );
      this.worker.addEventListener('error', () => this.stop());
    }
    return this.worker;
  }

  private pixels(picture: Picture, side: number): ImageData | null {
    const [fullWidth, fullHeight] =
      picture instanceof HTMLVideoElement
        ? [picture.videoWidth, picture.videoHeight]
        : [picture.width, picture.height];
    if (fullWidth === 0 || fullHeight === 0) return null;
    const scale = Math.min(1, side / Math.max(fullWidth, fullHeight));
    const [width, height] = [Math.round(fullWidth * scale), Math.round(fullHeight * scale)];
    Object.assign(this.canvas, { width, height });
    const context = this.canvas.getContext('2d', { willReadFrequently: true });
    context?.drawImage(picture, 0, 0, width, height);
    return context?.getImageData(0, 0, width, height) ?? null;
  }
}

async function nativeDetector(): Promise<NativeDetector | null> {
  const { BarcodeDetector: Detector } = globalThis as { BarcodeDetector?: NativeDetectorClass };
  if (Detector === undefined) return null;
  try {
    const formats = await Detector.getSupportedFormats();
    return formats.includes('qr_code') ? new Detector({ formats: ['qr_code'] }) : null;
  } catch {
    return null;
  }
}
