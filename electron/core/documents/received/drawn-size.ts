/** How large the images of a page are drawn, which says how many of their pixels a reader can see. */
import { concatenate, type Matrix } from '../pdf/syntax.ts'
import type { PdfFile } from '../pdf/read/pdf-file.ts'
import { PdfRef, PdfStream, type PdfDict, type PdfValue } from '../pdf/read/values.ts'
import { DocumentError } from '../errors.ts'
import { operators } from './operators.ts'

/** Width and height in points. */
export interface DrawnSize {
  readonly width: number
  readonly height: number
}

const DEEPEST = 8
const MAXIMUM_DRAWING = 16 * 2 ** 20
/** Forms looked through for one file; drawings with more are not looked at further. */
const MOST_FORMS = 5000
const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0]

/** The largest size at which each image is drawn anywhere, by object number. */
export class DrawnSizes {
  readonly #file: PdfFile
  readonly #sizes = new Map<number, DrawnSize>()
  #forms = 0

  constructor(file: PdfFile) {
    this.#file = file
  }

  /** null for an image that no page has been seen to draw. */
  of(object: number): DrawnSize | null {
    return this.#sizes.get(object) ?? null
  }

  /** Reads a page's content; `unit` is the size of its user space unit in points. */
  addPage(content: Uint8Array, resources: PdfValue | undefined, unit: number): void {
    this.#read(content, this.#file.dict(resources), [unit, 0, 0, unit, 0, 0], 0)
  }

  #read(content: Uint8Array, resources: PdfDict | null, start: Matrix, depth: number): void {
    const xObjects = this.#file.dict(resources?.get('XObject'))
    if (!xObjects) return
    let matrix = start
    const saved: Matrix[] = []
    for (const { operator, numbers, name } of operators(content)) {
      if (operator === 'q') saved.push(matrix)
      else if (operator === 'Q') matrix = saved.pop() ?? matrix
      else if (operator === 'cm' && numbers.length === 6) matrix = concatenate(numbers as unknown as Matrix, matrix)
      else if (operator === 'Do') this.#draw(xObjects.get(name), resources, matrix, depth)
    }
  }

  #draw(value: PdfValue | undefined, outer: PdfDict | null, matrix: Matrix, depth: number): void {
    const stream = this.#file.resolve(value)
    if (!(value instanceof PdfRef) || !(stream instanceof PdfStream)) return
    const subtype = this.#file.name(stream.dict.get('Subtype'))
    if (subtype === 'Image') this.#note(value.object, matrix)
    else if (subtype === 'Form' && depth < DEEPEST && this.#forms++ < MOST_FORMS)
      this.#readForm(stream, outer, matrix, depth)
  }

  #readForm(form: PdfStream, outer: PdfDict | null, matrix: Matrix, depth: number): void {
    const parts = this.#file.array(form.dict.get('Matrix')).map((part) => this.#file.number(part) ?? 0)
    const own = parts.length === 6 ? (parts as unknown as Matrix) : IDENTITY
    try {
      const content = this.#file.decoded(form, MAXIMUM_DRAWING)
      this.#read(content, this.#file.dict(form.dict.get('Resources')) ?? outer, concatenate(own, matrix), depth + 1)
    } catch (error) {
      // What cannot be read draws nothing that we would know of; its images then stay as they are.
      if (!(error instanceof DocumentError)) throw error
    }
  }

  #note(object: number, [a, b, c, d]: Matrix): void {
    const known = this.#sizes.get(object)
    const [width, height] = [Math.hypot(a, b), Math.hypot(c, d)]
    this.#sizes.set(object, {
      width: Math.max(width, known?.width ?? 0),
      height: Math.max(height, known?.height ?? 0),
    })
  }
}
