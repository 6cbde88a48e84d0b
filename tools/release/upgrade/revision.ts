import { runToEnd } from '../../dev/system/run-to-end.js';
import { projectRoot } from '../../dev/system/project-root.js';

/** The revision that this one is upgraded from, and why it was taken. */
export interface Revision {
  readonly commit: string;
  readonly why: string;
}

/**
 * The revision that was named; else the newest release before this commit, that is the newest tag `v*` of an earlier
 * commit. That two versions run side by side is promised from v0.1.0 on.
 * @returns undefined where there is no release before this one
 */
export async function earlierRevision(named: string | undefined): Promise<Revision | undefined> {
  if (named !== undefined) return { commit: await commitOf(named), why: 'as named' };
  const head = await commitOf('HEAD');
  const merged = await git('tag', '--list', 'v*', '--merged', 'HEAD', '--sort=-version:refname');
  for (const tag of merged.split('\n').filter(Boolean)) {
    const commit = await commitOf(tag);
    if (commit !== head) return { commit, why: `the release ${tag}` };
  }
  return undefined;
}

/** @throws with advice where the clone does not reach so far */
async function commitOf(revision: string): Promise<string> {
  try {
    return (await git('rev-parse', '--verify', '--quiet', `${revision}^{commit}`)).trim();
  } catch {
    throw new Error(
      `There is no revision ${revision} here. A shallow clone gets its history by \`git fetch --unshallow --tags\`.`,
    );
  }
}

function git(...args: string[]): Promise<string> {
  return runToEnd('git', args, { cwd: projectRoot });
}
