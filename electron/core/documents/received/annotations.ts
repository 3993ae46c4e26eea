import { concatenate, type Matrix } from '../pdf/syntax.ts'
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
import { destinations } from './destinations.ts'
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
const MAXIMUM_ANNOTATIONS = 20_000

/** Keeps links and remarks, paints form fields into the page, leaves out what must not be delivered. */
export class Annotations {
  readonly #file: PdfFile
  readonly #copier: ObjectCopier
  readonly #destinations: ReadonlyMap<string, PdfValue>
  #widgets = 0

  constructor(file: PdfFile, copier: ObjectCopier) {
    this.#file = file
    this.#copier = copier
    this.#destinations = destinations(file)
  }

  ofPage(page: PdfDict): PageAnnotations {
    const kept: string[] = []
    const widgets: FlattenedWidget[] = []
    for (const value of this.#file.array(page.get('Annots')).slice(0, MAXIMUM_ANNOTATIONS)) {
      const dict = this.#file.dict(value)
      if (!dict) continue
      const subtype = this.#file.name(dict.get('Subtype')) ?? ''
      const removal = REMOVED_ANNOTATIONS[subtype]
      if (removal) this.#copier.note(removal)
      else if (subtype === 'Widget') {
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
    if (target !== undefined) return `<<${own}${this.#destination(target)}>>`
    return action && !forbidden ? `<<${own}/A ${this.#copier.value(action)}>>` : `<<${own}>>`
  }

  #destination(target: PdfValue): string {
    const value = this.#file.resolve(target)
    const name = value instanceof PdfString || value instanceof PdfName ? destinationName(value) : null
    let place = name === null ? value : this.#file.resolve(this.#destinations.get(name))
    if (isDict(place)) place = this.#file.resolve(place.get('D'))
    if (!isArray(place) || place.length === 0) return ''
    const text = this.#copier.value(place)
    return text.startsWith('[null') ? '' : `/Dest${text}`
  }

  #flatten(dict: PdfDict): FlattenedWidget | null {
    const file = this.#file
    const flags = file.number(dict.get('F')) ?? 0
    if (flags & (HIDDEN | NO_VIEW)) return null
    const found = this.#appearance(dict)
    const rect = numbers(file, dict.get('Rect'), 4)
    if (!found || !rect) {
      if (rect && this.#hasValue(dict)) this.#copier.note('form_field_without_appearance')
      return null
    }
    const matrix = placeAppearance(
      numbers(file, found.stream.dict.get('BBox'), 4),
      numbers(file, found.stream.dict.get('Matrix'), 6),
      rect,
    )
    return matrix && { name: `BalisDeskW${++this.#widgets}`, object: this.#copier.number(found.object), matrix }
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

  #hasValue(dict: PdfDict): boolean {
    const value = this.#file.resolve(dict.get('V') ?? this.#file.dict(dict.get('Parent'))?.get('V'))
    return value instanceof PdfString ? value.bytes.length > 0 : value !== null
  }
}

function numbers(file: PdfFile, value: PdfValue | undefined, count: number): number[] | null {
  const list = file.array(value).map((part) => file.number(part))
  return list.length >= count && list.every((part) => part !== null) ? (list as number[]).slice(0, count) : null
}

/** ISO 32000-1, 12.5.5: the transformed appearance box is fitted to the annotation's rectangle. */
export function placeAppearance(
  box: readonly number[] | null,
  own: readonly number[] | null,
  rect: readonly number[],
): Matrix | null {
  if (!box) return null
  const matrix = (own ?? [1, 0, 0, 1, 0, 0]) as unknown as Matrix
  const corners = [0, 2].flatMap((x) => [1, 3].map((y) => concatenate([1, 0, 0, 1, box[x]!, box[y]!], matrix)))
  const xs = corners.map((corner) => corner[4])
  const ys = corners.map((corner) => corner[5])
  const [left, right, bottom, top] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  if (right - left <= 0 || top - bottom <= 0) return null
  const [x0, x1] = [Math.min(rect[0]!, rect[2]!), Math.max(rect[0]!, rect[2]!)]
  const [y0, y1] = [Math.min(rect[1]!, rect[3]!), Math.max(rect[1]!, rect[3]!)]
  const sx = (x1 - x0) / (right - left)
  const sy = (y1 - y0) / (top - bottom)
  return [sx, 0, 0, sy, x0 - left * sx, y0 - bottom * sy]
}
