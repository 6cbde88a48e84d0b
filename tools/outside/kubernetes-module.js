/**
 * The text of a go.mod with which a command of k8s.io/kubernetes can be built outside its repository. There each module
 * of its own is a folder (v0.0.0); published, all of them have the version of Kubernetes with a 0 in place of the 1.
 */
export function kubernetesModule(goMod, version) {
  const goVersion = /^go \S+$/m.exec(goMod)?.[0];
  const names = [...goMod.matchAll(/^\s*(?:replace )?(k8s\.io\/[a-z0-9-]+) (?:v0\.0\.0$|=> \.)/gm)].map(
    (match) => match[1],
  );
  if (goVersion === undefined || names.length === 0) throw new Error('This is not the go.mod of Kubernetes.');
  const published = `v0.${version.split('.').slice(1).join('.')}`;
  return [
    'module waystop.invalid/kubernetes',
    goVersion,
    `require k8s.io/kubernetes v${version}`,
    ...[...new Set(names)]
      .toSorted((a, b) => (a < b ? -1 : 1))
      .map((name) => `replace ${name} => ${name} ${published}`),
    '',
  ].join('\n');
}
