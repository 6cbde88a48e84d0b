const image = /(waystop:|WAYSTOP_VERSION:-|VERSION=|newTag: )(\d+\.\d+\.\d+)/g;
const suffix = /(nameSuffix: -)(\d+-\d+-\d+)/g;
const json = /^( {2}"version": ")(\d+\.\d+\.\d+)(?=",?$)/m;

/** Every file that names the version, besides package-lock.json, which npm writes. */
export const versionPlaces = [
  { file: 'package.json', pattern: json },
  { file: 'Dockerfile', pattern: image },
  { file: 'docker-compose.yml', pattern: image },
  { file: 'docs/operations.md', pattern: image },
  { file: 'k8s/base/kustomization.yaml', pattern: image },
  { file: 'k8s/base/migrations/kustomization.yaml', pattern: suffix },
  { file: 'k8s/overlays/dev/kustomization.yaml', pattern: image },
  { file: 'k8s/overlays/staging/kustomization.yaml', pattern: image },
  { file: 'k8s/overlays/production/kustomization.yaml', pattern: image },
];

/** The versions that a file's text names, as `1.2.3` however the file writes them. */
export const versionsIn = (text, { pattern }) =>
  [...text.matchAll(new RegExp(pattern, 'gm'))].map((match) => match[2].replaceAll('-', '.'));

/** The text with another version in each place; throws where it names none. */
export function withVersion(text, place, version) {
  if (versionsIn(text, place).length === 0) throw new Error(`${place.file} names no version`);
  const written = place.pattern === suffix ? version.replaceAll('.', '-') : version;
  return text.replace(place.pattern, (_, before) => before + written);
}
