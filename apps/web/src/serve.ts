import { serveHttp } from '#service';
import { webSettings } from './config.js';
import { startWeb } from './start-web.js';

/**
 * The command `serve`: starts the web process and ends it in order. Without the API a page still shows what is known, so
 * the API is no condition of being ready.
 */
export function serveWeb(): Promise<void> {
  return serveHttp('web', webSettings, startWeb);
}
