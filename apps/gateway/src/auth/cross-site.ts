import type { IncomingHttpHeaders } from 'node:http';

/** What a browser says of where a request comes from. */
type Origins = Pick<IncomingHttpHeaders, 'origin'> & { 'sec-fetch-site'?: string | string[] | undefined };

/**
 * Whether a request that changes something comes from the installation's own pages. Browsers say so by themselves
 * (Fetch Metadata); older ones send the origin alone.
 * @param origin of the installation
 * @param machinesToo whether a request passes that says nothing of it, since no browser sent it
 */
export function isOwnSite(headers: Origins, origin: string, machinesToo: boolean): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  return headers.origin === undefined ? machinesToo : headers.origin === origin;
}

/** Whether a page of another site sends a request, as far as the request says. Typed addresses and links are no pages. */
export function isFromElsewhere(headers: Origins, origin: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  return headers.origin !== undefined && headers.origin !== origin;
}
