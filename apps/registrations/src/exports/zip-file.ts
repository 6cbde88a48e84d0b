import { crc32, deflateRawSync } from 'node:zlib';

/** One file of an archive, compressed by deflate. */
export interface ZipEntry {
  /** In ASCII. */
  readonly name: string;
  readonly checksum: number;
  /** Bytes before compression. */
  readonly size: number;
  readonly compressed: Buffer;
}

/** For files of some kilobytes. */
export function deflated(name: string, bytes: Buffer): ZipEntry {
  return { name, checksum: crc32(bytes), size: bytes.length, compressed: deflateRawSync(bytes) };
}

const version = 20;
const byDeflate = 8;
/** The first day that the format knows: the same rows give the same file. */
const firstDay = 0x21;

/** A ZIP archive in memory (APPNOTE.TXT 6.3.10, 4.3): files, then the directory of them. Sizes stay below 4 GiB. */
export function zipFile(entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name, 'ascii');
    const local = Buffer.concat([signed(0x04034b50), headerOf(entry, name.length), name]);
    parts.push(local, entry.compressed);
    directory.push(directoryEntry(entry, name, offset));
    offset += local.length + entry.compressed.length;
  }
  const listed = Buffer.concat(directory);
  return Buffer.concat([...parts, listed, endOf(entries.length, listed.length, offset)]);
}

function signed(signature: number, length = 4): Buffer {
  const bytes = Buffer.alloc(length);
  bytes.writeUInt32LE(signature);
  return bytes;
}

/** What a file's own header and its entry in the directory share, up to the length of an extra field, which is none. */
function headerOf({ checksum, size, compressed }: ZipEntry, nameLength: number): Buffer {
  const bytes = Buffer.alloc(26);
  bytes.writeUInt16LE(version, 0);
  bytes.writeUInt16LE(byDeflate, 4);
  bytes.writeUInt16LE(firstDay, 8);
  bytes.writeUInt32LE(checksum, 10);
  bytes.writeUInt32LE(compressed.length, 14);
  bytes.writeUInt32LE(size, 18);
  bytes.writeUInt16LE(nameLength, 22);
  return bytes;
}

function directoryEntry(entry: ZipEntry, name: Buffer, offset: number): Buffer {
  const start = signed(0x02014b50, 6);
  start.writeUInt16LE(version, 4);
  const end = Buffer.alloc(14);
  end.writeUInt32LE(offset, 10);
  return Buffer.concat([start, headerOf(entry, name.length), end, name]);
}

function endOf(count: number, directoryLength: number, directoryOffset: number): Buffer {
  const bytes = signed(0x06054b50, 22);
  bytes.writeUInt16LE(count, 8);
  bytes.writeUInt16LE(count, 10);
  bytes.writeUInt32LE(directoryLength, 12);
  bytes.writeUInt32LE(directoryOffset, 16);
  return bytes;
}
