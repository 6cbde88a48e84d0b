/** The first parts of paths that the gateway answers itself; every other path is a page of the web process. */
const ownPaths = /^\/(v1|docs|health)(\/|$)|^\/openapi\.json\/?$/;

/** @param url as the request line has it */
export function isPagePath(url: string): boolean {
  const [path = ''] = url.split('?', 1);
  return path.startsWith('/') && !ownPaths.test(path);
}
