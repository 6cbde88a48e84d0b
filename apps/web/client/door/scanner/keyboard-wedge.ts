/** A scanner types faster than fingers do; what is slower is a person. */
const maxGapMs = 80;
const minLength = 16;

/** A USB scanner is a keyboard: it types a badge and Enter, wherever the focus is. */
export class KeyboardWedge {
  private typed = '';
  private lastMs = 0;

  /** @returns what was scanned, once the scanner has ended it with Enter */
  press(key: string, atMs: number): string | null {
    const isFast = atMs - this.lastMs <= maxGapMs;
    this.lastMs = atMs;
    if (key === 'Enter') {
      const text = isFast ? this.typed : '';
      this.typed = '';
      return text.length >= minLength ? text : null;
    }
    if (key.length === 1) this.typed = isFast ? this.typed + key : key;
    return null;
  }
}
