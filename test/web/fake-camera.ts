import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import QRCode from 'qrcode';

/** What Chromium's camera of this process sees; it is read when a page opens the camera. */
const file = join(tmpdir(), `waystop-camera-${process.pid}.y4m`);

export const fakeCameraArguments: readonly string[] = [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  `--use-file-for-fake-video-capture=${file}`,
];

const [width, height] = [640, 480];
const frames = 3;
const [white, black, noColour] = [235, 16, 128];

/** Holds a QR code before the camera: a film of a few equal frames (YUV4MPEG2), which Chromium plays over and over. */
export async function showToCamera(text: string): Promise<void> {
  const frame = Buffer.concat([
    Buffer.from('FRAME\n'),
    luma(text),
    Buffer.alloc((width * height) / 2, noColour),
  ]);
  const header = Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420\n`);
  await writeFile(file, Buffer.concat([header, ...Array.from({ length: frames }, () => frame)]));
}

export const removeCameraFile = (): Promise<void> => rm(file, { force: true });

function luma(text: string): Buffer {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const scale = Math.floor((height * 0.7) / modules.size);
  const left = Math.floor((width - scale * modules.size) / 2);
  const top = Math.floor((height - scale * modules.size) / 2);
  const picture = Buffer.alloc(width * height, white);
  for (let y = 0; y < scale * modules.size; y += 1) {
    for (let x = 0; x < scale * modules.size; x += 1) {
      const isDark = modules.get(Math.floor(y / scale), Math.floor(x / scale)) === 1;
      if (isDark) picture[(top + y) * width + left + x] = black;
    }
  }
  return picture;
}
