import { formatOf, mediaTypes } from './import-request.js';

/** As much as the API takes. */
const maxBytes = 8 * 1024 * 1024;

/** A file as it was when it was chosen: it may change, or go, before it is sent. */
export interface ChosenFile {
  readonly name: string;
  readonly content: Blob;
}

export type FileFault = 'noFormat' | 'tooLarge' | 'unreadable';

export async function readFile(file: File): Promise<ChosenFile | { readonly fault: FileFault }> {
  if (file.size > maxBytes) return { fault: 'tooLarge' };
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const format = formatOf(file.name, bytes);
    if (format === null) return { fault: 'noFormat' };
    return { name: file.name, content: new Blob([bytes], { type: mediaTypes[format] }) };
  } catch {
    return { fault: 'unreadable' };
  }
}

/** `36 kB`, `1.2 MB` */
export function sizeOf({ content: { size } }: ChosenFile): string {
  const kilobytes = Math.ceil(size / 1_024);
  return kilobytes < 1_024 ? `${kilobytes} kB` : `${(kilobytes / 1_024).toFixed(1)} MB`;
}
