const parse = (version) => {
  const match = /^(\d+)\.(\d+)\.(\d+)$/.exec(version);
  return match && match.slice(1).map(Number);
};

/** The version after `current`: `major`, `minor`, `patch`, or one that is spelt out and newer. Throws otherwise. */
export function nextVersion(current, wanted) {
  const [major, minor, patch] = parse(current);
  if (wanted === 'major') return `${major + 1}.0.0`;
  if (wanted === 'minor') return `${major}.${minor + 1}.0`;
  if (wanted === 'patch') return `${major}.${minor}.${patch + 1}`;
  const given = parse(wanted ?? '');
  if (!given) throw new Error('Say which version comes next: major, minor, patch, or one such as 1.2.3.');
  const [first] = given
    .map((part, index) => part - [major, minor, patch][index])
    .filter((part) => part !== 0);
  if (first === undefined || first < 0) throw new Error(`${wanted} is not newer than ${current}.`);
  return wanted;
}
