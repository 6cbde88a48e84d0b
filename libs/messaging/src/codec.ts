import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { headers, type MsgHdrs } from '@nats-io/transport-node';
import { Problem, type Call, type ProblemCode } from '#contracts';

/** How requests and answers look on NATS. Answers are bare JSON bytes, so that the edge can pass them on unread. */

export interface RequestMessage {
  call: Call;
  input: unknown;
}

/** Larger payloads travel compressed: a server takes 1 MiB unless configured otherwise, and a conference's schedule has more. */
const compressAboveBytes = 256 * 1024;
/** What a payload may grow to when it is unpacked. */
const maxDecompressedBytes = 64 * 1024 * 1024;
const encodingHeader = 'Waystop-Encoding';
const [gzipAsync, gunzipAsync] = [promisify(gzip), promisify(gunzip)];

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function encode(value: unknown): Uint8Array {
  return encodeText(JSON.stringify(value ?? null));
}

export function encodeText(text: string): Uint8Array {
  return encoder.encode(text);
}

export function decode(bytes: Uint8Array): unknown {
  return JSON.parse(decoder.decode(bytes));
}

/** What may be said outside of an error: a problem as it is, anything else only as a bug to be looked up. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem('internal.error', 'Unexpected error. Report the requestId to the operator.');
}

export function problemFrom(code: ProblemCode, payload: unknown): Problem {
  const { detail, extra } = payload as { detail: string; extra: Problem['extra'] };
  return new Problem(code, detail, extra);
}

/** A payload as it travels, with the headers that say how it was packed. */
export interface EncodedPayload {
  payload: Uint8Array;
  headers: MsgHdrs | undefined;
}

/** @param marks headers of the message's own */
export function compress(payload: Uint8Array, marks?: MsgHdrs): EncodedPayload | Promise<EncodedPayload> {
  return payload.length <= compressAboveBytes ? { payload, headers: marks } : compressed(payload, marks);
}

async function compressed(payload: Uint8Array, marks = headers()): Promise<EncodedPayload> {
  marks.set(encodingHeader, 'gzip');
  return { payload: await gzipAsync(payload), headers: marks };
}

export function decompress(message: {
  data: Uint8Array;
  headers?: MsgHdrs | undefined;
}): Uint8Array | Promise<Uint8Array> {
  return message.headers?.get(encodingHeader) === 'gzip' ? expanded(message.data) : message.data;
}

async function expanded(payload: Uint8Array): Promise<Uint8Array> {
  return gunzipAsync(payload, { maxOutputLength: maxDecompressedBytes });
}
