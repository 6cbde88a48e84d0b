/** The command line of npm: the same npm that runs this command, where one does, on the same Node. */
export function npmCommand(...args) {
  const npm = process.env.npm_execpath;
  const usesNpm = npm !== undefined && /npm-cli\.c?js$/.test(npm);
  return usesNpm ? [process.execPath, npm, ...args] : ['npm', ...args];
}
