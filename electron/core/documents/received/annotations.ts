import { DocumentError } from '../errors.ts'
import { concatenate, num, ref, type Matrix } from '../pdf/syntax.ts'
import type { PdfFile } from '../pdf/read/pdf-file.ts'
import {
  isArray,
  isDict,
  PdfName,
  PdfRef,
  PdfStream,
  PdfString,
  type PdfDict,
  type PdfValue,
} from '../pdf/read/values.ts'
import type { ObjectFile } from '../pdf/object-file.ts'
import { embedFont } from '../stamp/embed-font.ts'
import { subsetFont } from '../stamp/font.ts'
import { FIELD_FONT, fieldContent, MARK_FONT, type FieldLook } from './field-appearance.ts'
import { FormFields } from './form-fields.ts'
import type { ObjectCopier } from './object-copier.ts'
import { destinationName, forbiddenAction, REMOVED_ANNOTATIONS } from './safety.ts'

/** A form field's appearance as it is painted into the page. */
export interface FlattenedWidget {
  readonly name: string
  /** Number of the copied form XObject. */
  readonly object: number
  readonly matrix: Matrix
}

export interface PageAnnotations {
  /** In PDF syntax, for /Annots. */
  readonly kept: readonly string[]
  readonly widgets: readonly FlattenedWidget[]
}

const HIDDEN = 2
const NO_VIEW = 32
/** It stays upright on a page that is turned. */
const NO_ROTATE = 16
const MAXIMUM_ANNOTATIONS = 20_000
const CONTENT_NAME_PREFIX = 'BalisDeskW'
/** Fields that are drawn here: a page of form has some hundred; files made to harm have millions. */
const MAXIMUM_DRAWN = 5_000

const MAXIMUM_DRAWING = 4 * 2 ** 20

interface Owed {
  readonly object: number
  readonly look: FieldLook
}

/** Keeps links and remarks, paints form fields into the page, leaves out what must not be delivered. */
export class Annotations {
  readonly #file: PdfFile
  readonly #copier: ObjectCopier
  readonly #destinations: ReadonlyMap<string, PdfValue>
  readonly #fields: FormFields
  readonly #target: ObjectFile
  /** Fields without a drawing of their own, drawn by `finish` with a font that has all their characters. */
  readonly #owed: Owed[] = []
  /** Drawings that may name fonts of the whole form, which stand nowhere once the form is gone. */
  readonly #borrowing: { readonly object: number; readonly stream: PdfStream; readonly fonts: PdfDict }[] = []
  #pageFonts: PdfDict | null = null
  /** Of the page at hand, in its own file. */
  #pageTurn: Turn = 0
  #widgets = 0

  constructor(file: PdfFile, copier: ObjectCopier, target: ObjectFile, named: ReadonlyMap<string, PdfValue>) {
    this.#file = file
    this.#copier = copier
    this.#target = target
    this.#destinations = named
    this.#fields = new FormFields(file)
  }

  /** Writes the drawings that the file left to its viewers. */
  async finish(): Promise<void> {
    for (const { object, stream, fonts } of this.#borrowing) {
      const own = this.#file.dict(stream.dict.get('Resources')) ?? new Map<string, PdfValue>()
      const rest = this.#copier.entries(own, (key) => key === 'Font')
      const entries = `/Type/XObject/Subtype/Form/Resources<<${rest}/Font<<${this.#copier.entries(fonts)}>>>>`
      await this.#copier.writeStream(object, stream, entries, (key) => /^(Type|Subtype|Resources)$/.test(key))
    }
    if (this.#owed.length === 0) return
    const font = await subsetFont(this.#owed.flatMap(({ look }) => look.lines).join(''))
    const object = this.#target.allocate()
    await embedFont(this.#target, object, font)
    for (const { object: form, look } of this.#owed) {
      const entries =
        `/Type/XObject/Subtype/Form/BBox[0 0 ${num(look.width)} ${num(look.height)}]` +
        `/Resources<</Font<</${FIELD_FONT} ${ref(object)}/${MARK_FONT}<</Type/Font/Subtype/Type1/BaseFont/ZapfDingbats>>>>>>`
      await this.#target.compressed(form, entries, Buffer.from(fieldContent(look, font), 'latin1'))
    }
  }

  ofPage(page: PdfDict, resources: PdfValue | undefined, turn: Turn): PageAnnotations {
    this.#pageTurn = turn
    this.#pageFonts = this.#file.dict(this.#file.dict(resources)?.get('Font'))
    const kept: string[] = []
    const widgets: FlattenedWidget[] = []
    for (const value of this.#file.array(page.get('Annots')).slice(0, MAXIMUM_ANNOTATIONS)) {
      const dict = this.#file.dict(value)
      if (!dict) continue
      const subtype = this.#file.name(dict.get('Subtype')) ?? ''
      const removal = REMOVED_ANNOTATIONS[subtype]
      if (removal) {
        // What it looks like stays, as a picture of what was there.
        this.#copier.note(removal)
        const picture = this.#visible(dict) ? this.#drawn(dict) : null
        if (picture) widgets.push(picture)
      } else if (subtype === 'Widget') {
        const widget = this.#flatten(dict)
        if (widget) widgets.push(widget)
      } else if (subtype === 'Link') kept.push(this.#link(dict))
      else kept.push(this.#copier.value(value))
    }
    return { kept: kept.filter((text) => text !== 'null'), widgets }
  }

  /** A link whose named destination is replaced by the place itself, since the names stay behind. */
  #link(dict: PdfDict): string {
    const action = this.#file.dict(dict.get('A'))
    const forbidden = action && forbiddenAction(action)
    if (forbidden) this.#copier.note(forbidden)
    const goTo = action && this.#file.name(action.get('S')) === 'GoTo' ? action.get('D') : undefined
    const target = dict.get('Dest') ?? goTo
    const own = this.#copier.entries(dict, (key) => key === 'A' || key === 'Dest' || key === 'P' || key === 'PA')
    const place = target === undefined ? '' : this.place(target)
    if (target !== undefined) return `<<${own}${place && `/Dest${place}`}>>`
    return action && !forbidden ? `<<${own}/A ${this.#copier.value(action)}>>` : `<<${own}>>`
  }

  /** A place in the document as a PDF array with the copies' numbers; empty where its page is not there. */
  place(target: PdfValue): string {
    const value = this.#file.resolve(target)
    const name = value instanceof PdfString || value instanceof PdfName ? destinationName(value) : null
    let place = name === null ? value : this.#file.resolve(this.#destinations.get(name))
    if (isDict(place)) place = this.#file.resolve(place.get('D'))
    if (!isArray(place) || place.length === 0) return ''
    const text = this.#copier.value(place)
    return text.startsWith('[null') ? '' : text
  }

  #visible(dict: PdfDict): boolean {
    return ((this.#file.number(dict.get('F')) ?? 0) & (HIDDEN | NO_VIEW)) === 0
  }

  /** A field as its file draws it, or as its value says where that is left to the viewer. */
  #flatten(dict: PdfDict): FlattenedWidget | null {
    if (!this.#visible(dict)) return null
    const own = this.#drawn(dict)
    return own && !this.#fields.needsAppearances && this.#namesItsFonts(dict) ? own : (this.#drawHere(dict) ?? own)
  }

  /** Are the fonts there that the drawing names? Without them most viewers show nothing. */
  #namesItsFonts(dict: PdfDict): boolean {
    const stream = this.#appearance(dict)?.stream
    return stream !== undefined && this.#fontsOf(stream).lost === 0
  }

  /** The drawing's fonts with those that it takes from the form or from its page. */
  #fontsOf(stream: PdfStream): { fonts: PdfDict; borrowed: number; lost: number } {
    const own = this.#file.dict(this.#file.dict(stream.dict.get('Resources'))?.get('Font'))
    const fonts: PdfDict = new Map(own ?? [])
    let borrowed = 0
    let lost = 0
    for (const name of this.#namedFonts(stream)) {
      if (this.#file.dict(fonts.get(name))) continue
      const other = [this.#fields.fonts, this.#pageFonts].find((some) => this.#file.dict(some?.get(name)))
      if (other) fonts.set(name, other.get(name)!)
      if (other) borrowed++
      else lost++
    }
    return { fonts, borrowed, lost }
  }

  #namedFonts(stream: PdfStream): Set<string> {
    try {
      const content = Buffer.from(this.#file.decoded(stream, MAXIMUM_DRAWING)).toString('latin1')
      return new Set([...content.matchAll(/\/(\S+)\s+[\d.]+\s+Tf\b/g)].map((match) => match[1]!))
    } catch (error) {
      if (error instanceof DocumentError) return new Set()
      throw error
    }
  }

  #drawn(dict: PdfDict): FlattenedWidget | null {
    const found = this.#appearance(dict)
    const rect = numbers(this.#file, dict.get('Rect'), 4)
    if (!found || !rect) return null
    const { stream } = found
    const box = numbers(this.#file, stream.dict.get('BBox'), 4)
    const upright = ((this.#file.number(dict.get('F')) ?? 0) & NO_ROTATE) !== 0
    const matrix = placeAppearance(
      box,
      numbers(this.#file, stream.dict.get('Matrix'), 6),
      rect,
      upright ? this.#pageTurn : 0,
    )
    return matrix && { name: this.#name(), object: this.#drawing(found.object, stream), matrix }
  }

  #drawing(object: number, stream: PdfStream): number {
    const { fonts, borrowed } = this.#fontsOf(stream)
    // A drawing need not say that it is a form; what a page paints must.
    if (borrowed === 0 && this.#file.name(stream.dict.get('Subtype')) === 'Form') return this.#copier.number(object)
    const copy = this.#target.allocate()
    this.#borrowing.push({ object: copy, stream, fonts })
    return copy
  }

  #drawHere(dict: PdfDict): FlattenedWidget | null {
    const rect = numbers(this.#file, dict.get('Rect'), 4)
    if (!rect || this.#owed.length >= MAXIMUM_DRAWN) return null
    const [x0, y0, x1, y1] = ordered(rect)
    if (!(x1 - x0 > 0.5 && y1 - y0 > 0.5)) return null
    const turn = (((this.#file.number(this.#file.dict(dict.get('MK'))?.get('R')) ?? 0) % 360) + 360) % 360
    const standing = turn === 90 || turn === 270
    const look = this.#fields.look(dict, standing ? y1 - y0 : x1 - x0, standing ? x1 - x0 : y1 - y0)
    if (!look) return null
    const object = this.#target.allocate()
    this.#owed.push({ object, look })
    this.#copier.note('form_field_drawn')
    const turned: Readonly<Record<number, Matrix>> = {
      90: [0, 1, -1, 0, x1, y0],
      180: [-1, 0, 0, -1, x1, y1],
      270: [0, -1, 1, 0, x0, y1],
    }
    return { name: this.#name(), object, matrix: turned[turn] ?? [1, 0, 0, 1, x0, y0] }
  }

  #name(): string {
    return `${CONTENT_NAME_PREFIX}${++this.#widgets}`
  }

  #appearance(dict: PdfDict): { object: number; stream: PdfStream } | null {
    const appearances = this.#file.dict(dict.get('AP'))
    let normal = appearances?.get('N')
    const states = this.#file.dict(normal)
    if (states) {
      const state = this.#file.name(dict.get('AS'))
      normal = state === null ? undefined : states.get(state)
    }
    const stream = this.#file.resolve(normal)
    return normal instanceof PdfRef && stream instanceof PdfStream ? { object: normal.object, stream } : null
  }
}

function numbers(file: PdfFile, value: PdfValue | undefined, count: number): number[] | null {
  const list = file.array(value).map((part) => file.number(part))
  return list.length >= count && list.every((part) => part !== null) ? (list as number[]).slice(0, count) : null
}

type Corners = readonly [x0: number, y0: number, x1: number, y1: number]

const ordered = ([a, b, c, d]: readonly number[]): Corners => [
  Math.min(a!, c!),
  Math.min(b!, d!),
  Math.max(a!, c!),
  Math.max(b!, d!),
]

type Turn = 0 | 90 | 180 | 270
const TURNS: Readonly<Record<Turn, Matrix>> = {
  0: [1, 0, 0, 1, 0, 0],
  90: [0, 1, -1, 0, 0, 0],
  180: [-1, 0, 0, -1, 0, 0],
  270: [0, -1, 1, 0, 0, 0],
}

/** A rectangle turned about its upper left corner. */
function turnedRect([x0, y0, x1, y1]: Corners, turn: Turn): Corners {
  const [width, height] = [x1 - x0, y1 - y0]
  if (turn === 90) return [x0, y1, x0 + height, y1 + width]
  if (turn === 180) return [x0 - width, y1, x0, y1 + height]
  return turn === 270 ? [x0 - height, y1 - width, x0, y1] : [x0, y0, x1, y1]
}

/**
 * ISO 32000-1, 12.5.5: the transformed appearance box is fitted to the annotation's rectangle; 12.5.3: both are turned
 * against the page's own `turn` where the annotation is not to be turned with it.
 */
export function placeAppearance(
  box: readonly number[] | null,
  own: readonly number[] | null,
  rect: readonly number[],
  turn: Turn = 0,
): Matrix | null {
  if (!box) return null
  const matrix = concatenate((own ?? TURNS[0]) as unknown as Matrix, TURNS[turn])
  const corners = [0, 2].flatMap((x) => [1, 3].map((y) => concatenate([1, 0, 0, 1, box[x]!, box[y]!], matrix)))
  const xs = corners.map((corner) => corner[4])
  const ys = corners.map((corner) => corner[5])
  const [left, right, bottom, top] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  if (right - left <= 0 || top - bottom <= 0) return null
  const [x0, y0, x1, y1] = turnedRect(ordered(rect), turn)
  const sx = (x1 - x0) / (right - left)
  const sy = (y1 - y0) / (top - bottom)
  return concatenate(TURNS[turn], [sx, 0, 0, sy, x0 - left * sx, y0 - bottom * sy])
}
