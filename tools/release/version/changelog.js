const heading = '## [Unreleased]';

/** The lines of one version in the text of CHANGELOG.md, without its heading. */
export function notesOf(text, version) {
  const start = text.indexOf(`## [${version}]`);
  if (start === -1) throw new Error(`CHANGELOG.md has no section [${version}]`);
  const from = text.indexOf('\n', start) + 1;
  const next = text.indexOf('\n## [', from);
  return text.slice(from, next === -1 ? undefined : next).trim();
}

/** The text in which what was unreleased belongs to `version`, of `date`. */
export function released(text, version, date) {
  if (notesOf(text, 'Unreleased') === '') throw new Error('CHANGELOG.md says nothing under [Unreleased]');
  return text.replace(heading, `${heading}\n\n## [${version}] - ${date}`);
}
