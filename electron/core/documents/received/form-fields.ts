import type { PdfFile } from '../pdf/read/pdf-file.ts'
import { isArray, PdfName, PdfString, type PdfDict, type PdfValue } from '../pdf/read/values.ts'
import { nums } from '../pdf/syntax.ts'
import type { FieldBox, FieldLook } from './field-appearance.ts'
import { textOf } from './text-string.ts'

/** Flags of fields, ISO 32000-1, 12.7.4. */
const MULTILINE = 1 << 12
const PASSWORD = 1 << 13
const COMB = 1 << 24
const RADIO = 1 << 15
const PUSH_BUTTON = 1 << 16
const COMBO = 1 << 17

const MAXIMUM_TEXT = 20_000
const MAXIMUM_PARENTS = 32

/** The disc and the tick of ZapfDingbats; the slender one, as poppler has it, so that what is extracted stays the same. */
const DISC = 'l'
const TICK = '3'
/** Fields and their kids that are looked through for one form. */
const MAXIMUM_FIELDS = 20_000

/** Reads what the fields of a form hold, with what they inherit. */
export class FormFields {
  readonly #file: PdfFile
  readonly #form: PdfDict | null
  /** The file leaves the drawing of every field to its viewer. */
  readonly needsAppearances: boolean
  /** Fonts that every field's drawing may name. */
  readonly fonts: PdfDict
  /** The field that has a field or widget among its kids: not every kid names it. */
  readonly #above = new Map<PdfDict, PdfDict>()

  constructor(file: PdfFile) {
    this.#file = file
    this.#form = file.dict(file.root.get('AcroForm'))
    this.needsAppearances = file.resolve(this.#form?.get('NeedAppearances')) === true
    this.fonts = file.dict(file.dict(this.#form?.get('DR'))?.get('Font')) ?? new Map()
    this.#findParents()
  }

  #findParents(): void {
    const waiting = this.#file.array(this.#form?.get('Fields')).slice(0, MAXIMUM_FIELDS)
    for (let field = waiting.pop(); field !== undefined; field = waiting.pop()) {
      const dict = this.#file.dict(field)
      for (const kid of this.#file.array(dict?.get('Kids'))) {
        const below = this.#file.dict(kid)
        if (!dict || !below || this.#above.has(below) || this.#above.size >= MAXIMUM_FIELDS) continue
        this.#above.set(below, dict)
        waiting.push(kid)
      }
    }
  }

  /** What a widget shows; null for one that shows nothing or whose own drawing is the better one. */
  look(widget: PdfDict, width: number, height: number): FieldLook | null {
    const flags = this.#file.number(this.#inherited(widget, 'Ff')) ?? 0
    const mark = this.#mark(widget, flags)
    const lines = mark ? [] : this.#lines(widget, flags)
    const box = this.#box(widget, flags)
    const empty = !mark && (!lines || lines.every((line) => line === ''))
    if (empty && !box.background && !box.border) return null
    const { size, colour } = this.#defaultAppearance(widget)
    const quadding = this.#file.number(this.#inherited(widget, 'Q')) ?? 0
    const cells = flags & COMB ? Math.min(500, this.#file.number(this.#inherited(widget, 'MaxLen')) ?? 0) : 0
    return {
      width,
      height,
      lines: lines ?? [],
      chosen: mark ? [] : this.#chosen(widget, flags),
      mark: mark ?? '',
      box,
      size,
      colour,
      align: quadding === 1 ? 'centre' : quadding === 2 ? 'right' : 'left',
      multiline: this.#type(widget) === 'Tx' && (flags & MULTILINE) !== 0,
      cells,
    }
  }

  #type(widget: PdfDict): string {
    return this.#file.name(this.#inherited(widget, 'FT')) ?? ''
  }

  #lines(widget: PdfDict, flags: number): string[] | null {
    const value = this.#file.resolve(this.#inherited(widget, 'V'))
    switch (this.#type(widget)) {
      case 'Tx': {
        const text = this.#text(value)
        return text === '' ? null : (flags & PASSWORD ? '*'.repeat(text.length) : text).split(/\r\n|\r|\n/)
      }
      case 'Ch': {
        const options = this.#options(widget)
        if (!(flags & COMBO) && options.length > 0) return options.map(({ shown }) => shown)
        const chosen = this.#text(isArray(value) ? value[0] : value)
        return chosen === '' ? null : [options.find(({ value: own }) => own === chosen)?.shown ?? chosen]
      }
      case 'Btn':
        return flags & PUSH_BUTTON ? [this.#caption(widget)] : null
      default:
        return null
    }
  }

  /** The lines of a list that are chosen, from 0. */
  #chosen(widget: PdfDict, flags: number): number[] {
    if (this.#type(widget) !== 'Ch' || flags & COMBO) return []
    const value = this.#file.resolve(this.#inherited(widget, 'V'))
    const values = new Set((isArray(value) ? value : [value]).map((one) => this.#text(one)))
    return this.#options(widget).flatMap((option, i) => (values.has(option.value) ? [i] : []))
  }

  #caption(widget: PdfDict): string {
    return this.#text(this.#file.dict(widget.get('MK'))?.get('CA'))
  }

  /** Only what can hold something has a box of its own. */
  #box(widget: PdfDict, flags: number): FieldBox {
    const drawn = ['Tx', 'Ch', 'Btn'].includes(this.#type(widget))
    const looks = drawn ? this.#file.dict(widget.get('MK')) : null
    const width = this.#file.number(this.#file.dict(widget.get('BS'))?.get('W')) ?? 1
    return {
      background: this.#colour(looks?.get('BG'), ['g', 'rg', 'k']),
      border: width > 0 ? this.#colour(looks?.get('BC'), ['G', 'RG', 'K']) : '',
      borderWidth: Math.min(20, width),
      round: this.#type(widget) === 'Btn' && (flags & RADIO) !== 0,
    }
  }

  /** An array of one, three or four components as operands of its operator. */
  #colour(value: PdfValue | undefined, [grey, rgb, cmyk]: readonly [string, string, string]): string {
    const parts = this.#file.array(value).map((part) => this.#file.number(part))
    const operator = { 1: grey, 3: rgb, 4: cmyk }[parts.length]
    const known = operator !== undefined && parts.every((part) => part !== null)
    return known ? `${nums(parts.map((part) => Math.min(1, Math.max(0, part!))))} ${operator}` : ''
  }

  /** The mark of a check box or radio button that is on. */
  #mark(widget: PdfDict, flags: number): string | null {
    if (this.#type(widget) !== 'Btn' || flags & PUSH_BUTTON) return null
    const value = this.#file.resolve(this.#inherited(widget, 'V'))
    const state = this.#file.name(widget.get('AS')) ?? (value instanceof PdfName ? value.text : 'Off')
    if (state === 'Off') return null
    const caption = this.#caption(widget)
    return /^[!-'*-[\]-~]$/.test(caption) ? caption : flags & RADIO ? DISC : TICK
  }

  #options(widget: PdfDict): { value: string; shown: string }[] {
    return this.#file
      .array(this.#inherited(widget, 'Opt'))
      .slice(0, 1000)
      .map((option) => {
        const pair = this.#file.resolve(option)
        return isArray(pair)
          ? { value: this.#text(pair[0]), shown: this.#text(pair[1]) }
          : { value: this.#text(pair), shown: this.#text(pair) }
      })
  }

  #text(value: PdfValue | undefined): string {
    const resolved = this.#file.resolve(value)
    if (resolved instanceof PdfString) return textOf(resolved.bytes).slice(0, MAXIMUM_TEXT)
    return resolved instanceof PdfName ? resolved.text : ''
  }

  /** "/Helv 12 Tf 0 g": the size and the operators of colour; the font is ours, whose characters are there. */
  #defaultAppearance(widget: PdfDict): { size: number; colour: string } {
    const value = this.#file.resolve(this.#inherited(widget, 'DA') ?? this.#form?.get('DA'))
    const text = value instanceof PdfString ? Buffer.from(value.bytes).toString('latin1') : ''
    const size = Number(/([\d.]+)\s+Tf\b/.exec(text)?.[1] ?? 0)
    const colour = /(?:[\d.]+\s+){1,4}(?:g|rg|k)\b/.exec(text)?.[0] ?? '0 g'
    return { size: Number.isFinite(size) && size <= 200 ? size : 0, colour }
  }

  #inherited(widget: PdfDict, key: string): PdfValue | undefined {
    let dict: PdfDict | null = widget
    for (let i = 0; dict && i < MAXIMUM_PARENTS; i++) {
      const value = dict.get(key)
      if (value !== undefined) return value
      dict = this.#file.dict(dict.get('Parent')) ?? this.#above.get(dict) ?? null
    }
    return undefined
  }
}
