/**
 * The MQ arithmetic encoder of ITU-T T.88 annex E. A context state is `index * 2 + most probable symbol`; a fresh
 * context is 0. The registers `a` and `c` are public because the caller's pixel loop keeps them in local variables and
 * handles the frequent case (most probable symbol, no renormalisation) itself.
 */

/** Table E.1: Qe, next index after MPS, next index after LPS, switch. */
// prettier-ignore
const ROWS: readonly (readonly [number, number, number, 0 | 1])[] = [
  [0x5601, 1, 1, 1], [0x3401, 2, 6, 0], [0x1801, 3, 9, 0], [0x0ac1, 4, 12, 0], [0x0521, 5, 29, 0],
  [0x0221, 38, 33, 0], [0x5601, 7, 6, 1], [0x5401, 8, 14, 0], [0x4801, 9, 14, 0], [0x3801, 10, 14, 0],
  [0x3001, 11, 17, 0], [0x2401, 12, 18, 0], [0x1c01, 13, 20, 0], [0x1601, 29, 21, 0], [0x5601, 15, 14, 1],
  [0x5401, 16, 14, 0], [0x5101, 17, 15, 0], [0x4801, 18, 16, 0], [0x3801, 19, 17, 0], [0x3401, 20, 18, 0],
  [0x3001, 21, 19, 0], [0x2801, 22, 19, 0], [0x2401, 23, 20, 0], [0x2201, 24, 21, 0], [0x1c01, 25, 22, 0],
  [0x1801, 26, 23, 0], [0x1601, 27, 24, 0], [0x1401, 28, 25, 0], [0x1201, 29, 26, 0], [0x1101, 30, 27, 0],
  [0x0ac1, 31, 28, 0], [0x09c1, 32, 29, 0], [0x08a1, 33, 30, 0], [0x0521, 34, 31, 0], [0x0441, 35, 32, 0],
  [0x02a1, 36, 33, 0], [0x0221, 37, 34, 0], [0x0141, 38, 35, 0], [0x0111, 39, 36, 0], [0x0085, 40, 37, 0],
  [0x0049, 41, 38, 0], [0x0025, 42, 39, 0], [0x0015, 43, 40, 0], [0x0009, 44, 41, 0], [0x0005, 45, 42, 0],
  [0x0001, 45, 43, 0], [0x5601, 46, 46, 0],
]

export const QE = new Uint16Array(ROWS.length * 2)
const AFTER_MPS = new Uint8Array(ROWS.length * 2)
const AFTER_LPS = new Uint8Array(ROWS.length * 2)
ROWS.forEach(([qe, mps, lps, swap], index) => {
  for (const symbol of [0, 1]) {
    const state = index * 2 + symbol
    QE[state] = qe
    AFTER_MPS[state] = mps * 2 + symbol
    AFTER_LPS[state] = lps * 2 + (swap ? 1 - symbol : symbol)
  }
})

export class ArithmeticEncoder {
  a = 0x8000
  c = 0
  #countdown = 12
  /** The byte not yet written, because a carry may still reach it; -1 before the first. */
  #held = -1
  #bytes = new Uint8Array(1 << 16)
  #length = 0

  /** Codes one decision in full. */
  encode(states: Uint8Array, context: number, bit: number): void {
    this.a -= QE[states[context]!]!
    this.settle(states, context, bit)
  }

  /** Codes the same decision `count` times; as long as it is the likely one, no step but the last needs a look. */
  encodeRun(states: Uint8Array, context: number, bit: number, count: number): void {
    for (let left = count; left > 0; left--) {
      const state = states[context]!
      if ((state & 1) === bit) {
        const qe = QE[state]!
        const free = Math.min(left - 1, Math.floor((this.a - 0x8000) / qe))
        this.a -= free * qe
        this.c += free * qe
        left -= free
      }
      this.encode(states, context, bit)
    }
  }

  /** Finishes a decision after the caller has already taken Qe from `a`. */
  settle(states: Uint8Array, context: number, bit: number): void {
    const state = states[context]!
    const qe = QE[state]!
    if ((state & 1) === bit) {
      if (this.a & 0x8000) {
        this.c += qe
        return
      }
      if (this.a < qe) this.a = qe
      else this.c += qe
      states[context] = AFTER_MPS[state]!
    } else {
      if (this.a < qe) this.c += qe
      else this.a = qe
      states[context] = AFTER_LPS[state]!
    }
    do {
      this.a <<= 1
      this.c <<= 1 // never more than 28 bits
      if (--this.#countdown === 0) this.#byteOut()
    } while (!(this.a & 0x8000))
  }

  /** FLUSH of T.88 figure E.11: the bytes with the closing marker FF AC. */
  finish(): Uint8Array {
    const top = this.c + this.a
    this.c |= 0xffff
    if (this.c >= top) this.c -= 0x8000
    this.c <<= this.#countdown
    this.#byteOut()
    this.c <<= this.#countdown
    this.#byteOut()
    this.#push(this.#held)
    if (this.#held !== 0xff) this.#push(0xff)
    this.#push(0xac)
    return this.#bytes.slice(0, this.#length)
  }

  #byteOut(): void {
    const carry = this.c >= 0x8000000 && this.#held !== 0xff
    if (carry) {
      this.#held++
      this.c -= 0x8000000
    }
    // After FF only seven bits follow (bit stuffing), so that a later carry has a place to go.
    const stuffed = this.#held === 0xff
    if (this.#held >= 0) this.#push(this.#held)
    const shift = stuffed ? 20 : 19
    this.#held = this.c >>> shift
    this.c &= (1 << shift) - 1
    this.#countdown = stuffed ? 7 : 8
  }

  #push(byte: number): void {
    if (this.#length === this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2)
      larger.set(this.#bytes)
      this.#bytes = larger
    }
    this.#bytes[this.#length++] = byte
  }
}
