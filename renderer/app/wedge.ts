/**
 * Tells a barcode scanner that types like a keyboard from a person who types.
 *
 * A scanner sends characters at even, small distances and ends with Enter or Tab (design: devices, "Keyboard wedge":
 * 10 to 100 ms between keys by make, a typist 70 to 150 ms; so the largest gap is a setting, calibrated per desk).
 */
const SHORTEST = 4

export class Wedge {
  maxGapMs: number
  #text = ''
  #last = -Infinity

  constructor(maxGapMs: number) {
    this.maxGapMs = maxGapMs
  }

  /** Characters typed so far without a pause. */
  get burst(): string {
    return this.#text
  }

  /** A printable character at time `at` (ms, monotonic). @returns the burst it belongs to */
  character(character: string, at: number): string {
    this.#text = at - this.#last <= this.maxGapMs ? this.#text + character : character
    this.#last = at
    return this.#text
  }

  /** Enter or Tab at time `at`. @returns the scanned text, or null when a person typed */
  end(at: number): string | null {
    const scanned = at - this.#last <= this.maxGapMs && this.#text.length >= SHORTEST ? this.#text : null
    this.reset()
    return scanned
  }

  reset(): void {
    this.#text = ''
    this.#last = -Infinity
  }
}
