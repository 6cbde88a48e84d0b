/**
 * The form in which texts are compared and searched: `CAFÉ` and `café`, `ＡＢＣ` and `abc`, `Straße` and `STRASSE` are
 * one. NFKC_Casefold of the Unicode Standard (3.13): NFKC, full case folding, nothing that can't be seen.
 * A search stores the folded text in an indexed column, folds what is looked for, and looks for that as a substring.
 */
export function foldText(text: string): string {
  return caseFolded(caseFolded(text.normalize('NFD')).normalize('NFKC'))
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .normalize('NFKC');
}

/**
 * Full case folding by way of upper case, which JavaScript expands as fully (`ß` → `SS`). Lower case comes first since
 * `ẞ` has no upper case of its own, and the final sigma is a form of the letter, not another one. The one difference from
 * Unicode's table: the dotless `ı` is found by `i`.
 */
function caseFolded(text: string): string {
  return text.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ');
}
