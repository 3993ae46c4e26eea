/** PDF objects in memory (ISO 32000-1, 7.3). Null, booleans and numbers are JavaScript's own. */
export type PdfValue = null | boolean | number | PdfName | PdfString | PdfRef | PdfStream | PdfArray | PdfDict
export type PdfArray = PdfValue[]
/** Keys are names without the slash, their bytes as Latin-1. */
export type PdfDict = Map<string, PdfValue>

export class PdfName {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

export class PdfString {
  readonly bytes: Uint8Array
  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }
}

export class PdfRef {
  readonly object: number
  readonly generation: number
  constructor(object: number, generation: number) {
    this.object = object
    this.generation = generation
  }
}

/** A stream with its bytes as they stand in the file, still encoded and still encrypted. */
export class PdfStream {
  readonly dict: PdfDict
  readonly raw: Uint8Array
  /** The object that holds it, which its encryption key depends on. */
  readonly ref: PdfRef
  constructor(dict: PdfDict, raw: Uint8Array, ref: PdfRef) {
    this.dict = dict
    this.raw = raw
    this.ref = ref
  }
}

export const isDict = (value: PdfValue | undefined): value is PdfDict => value instanceof Map
export const isArray = (value: PdfValue | undefined): value is PdfArray => Array.isArray(value)
export const isNumber = (value: PdfValue | undefined): value is number => typeof value === 'number'
export const nameOf = (value: PdfValue | undefined): string | null => (value instanceof PdfName ? value.text : null)
