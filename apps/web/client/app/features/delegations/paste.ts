/** Rows of people as they come out of Excel, WPS or a mail: by tabs, with or without a line of headings. */

export const personFields = ['name', 'email', 'mobile', 'jobTitle'] as const;
export type PersonField = (typeof personFields)[number];
export type PersonRow = Readonly<Record<PersonField, string>>;

export const emptyRow: PersonRow = { name: '', email: '', mobile: '', jobTitle: '' };

const headings: Readonly<Record<PersonField, RegExp>> = {
  name: /^(姓名|名字|参会人|联系人|name|full ?name)$/i,
  email: /^(电子)?(邮箱|邮件)(地址)?$|^e-?mail( address)?$/i,
  mobile: /^(手机|电话|联系电话|移动电话)(号码?)?$|^(mobile|phone|tel(ephone)?|cell)( number| no\.?)?$/i,
  jobTitle: /^(职务|职位|岗位|头衔)$|^(job ?)?title$|^position$|^role$/i,
};

/** The people in a pasted text. Columns are known by their headings, else by what stands in them. */
export function parsePeople(text: string): PersonRow[] {
  const rows = splitCells(text)
    .map((cells) => cells.map(cleaned))
    .filter((cells) => cells.some((cell) => cell !== ''));
  const [first = []] = rows;
  const named = columnsByHeading(first);
  const body = named === null ? rows : rows.slice(1);
  const columns = named ?? columnsByContent(body);
  return body.map(
    (cells) =>
      Object.fromEntries(
        personFields.map((field) => [field, cells[columns[field] ?? -1] ?? '']),
      ) as unknown as PersonRow,
  );
}

type Columns = Readonly<Partial<Record<PersonField, number>>>;

/** Two headings are no accident; a person may well be called “Title”. */
function columnsByHeading(cells: readonly string[]): Columns | null {
  const found = personFields.flatMap((field) => {
    const at = cells.findIndex((cell) => headings[field].test(cell.replace(/[\s*：:]+$/u, '')));
    return at < 0 ? [] : [[field, at] as const];
  });
  return found.length < 2 ? null : Object.fromEntries(found);
}

/** Addresses and numbers are known by their look; of the other columns the first is the name, the next the job title. */
function columnsByContent(rows: readonly (readonly string[])[]): Columns {
  const width = Math.max(0, ...rows.map((cells) => cells.length));
  const columns = Array.from({ length: width }, (_, at) => at);
  const mostly = (at: number, pattern: RegExp): boolean =>
    rows.filter((cells) => pattern.test(cells[at] ?? '')).length * 2 > rows.length;
  const email = columns.find((at) => mostly(at, /@/));
  const mobile = columns.find((at) => at !== email && mostly(at, /^\+?[\d\s()-]{7,20}$/));
  const words = columns.filter((at) => at !== email && at !== mobile && !mostly(at, /^\d{1,4}[.、]?$/));
  return defined({ name: words[0], email, mobile, jobTitle: words[1] });
}

function defined(columns: Record<PersonField, number | undefined>): Columns {
  return Object.fromEntries(Object.entries(columns).filter(([, at]) => at !== undefined)) as Columns;
}

/** Excel marks a number that is text with an apostrophe; Chinese keyboards type full-width digits and signs. */
function cleaned(cell: string): string {
  return cell
    .normalize('NFKC')
    .replace(/[\u200B-\u200D\u2060\uFEFF\u202A-\u202E]/g, '')
    .replace(/\u00A0/g, ' ')
    .trim()
    .replace(/^'/, '');
}

/** Cells with tabs, line breaks or quotation marks in them stand in quotation marks (as RFC 4180 has it, with tabs). */
function splitCells(text: string): string[][] {
  const delimiter = text.includes('\t') ? '\t' : /[,，;；]/.test(text) ? /[,，;；]/ : '\t';
  const isDelimiter = (sign: string): boolean =>
    typeof delimiter === 'string' ? sign === delimiter : delimiter.test(sign);
  const rows: string[][] = [[]];
  let cell = '';
  let isQuoted = false;
  const signs = [...text.replace(/\r\n?/g, '\n')];
  const endCell = (): void => {
    rows.at(-1)?.push(cell);
    cell = '';
  };
  for (let at = 0; at < signs.length; at += 1) {
    const sign = signs[at] ?? '';
    if (isQuoted && sign === '"' && signs[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (isQuoted && sign === '"') isQuoted = false;
    else if (isQuoted) cell += sign === '\n' ? ' ' : sign;
    else if (sign === '"' && cell === '') isQuoted = true;
    else if (isDelimiter(sign)) endCell();
    else if (sign === '\n') {
      endCell();
      rows.push([]);
    } else cell += sign;
  }
  endCell();
  return rows;
}
