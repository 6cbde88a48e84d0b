/**
 * A generator of pseudo-random whole numbers (sfc32, Chris Doty-Humphrey, PractRand). It computes with 32-bit integers
 * alone, so equal seeds give equal numbers on every machine.
 */
export class Random {
  private a = 0x9e3779b9;
  private b = 0x243f6a88;
  private c = 0xb7e15162;
  private counter = 1;

  /** @param seed a whole number; only its lower 32 bits count */
  constructor(seed: number) {
    this.a ^= seed | 0;
    for (let warmUp = 0; warmUp < 12; warmUp += 1) this.next();
  }

  /** The next 32 bits, as a whole number from 0 to 2³² − 1. */
  next(): number {
    const sum = (this.a + this.b + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = ((this.c << 21) | (this.c >>> 11)) + sum;
    return sum >>> 0;
  }

  /** A whole number from 0 to `count` − 1. @param count from 1 to 65,536 */
  below(count: number): number {
    return Math.trunc(((this.next() >>> 16) * count) / 65_536);
  }
}
