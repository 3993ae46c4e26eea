import type { PageLabel } from '../pdf/page-labels.ts'
import type { PdfFile } from '../pdf/read/pdf-file.ts'
import { isDict, isNumber, PdfRef, PdfString, type PdfDict, type PdfValue } from '../pdf/read/values.ts'
import { textOf } from './text-string.ts'

const MOST_NODES = 10_000
const LONGEST_PREFIX = 100

/** What a file calls its pages, by index; nothing where it does not say. */
export function labelsOf(file: PdfFile, pages: number): (PageLabel | undefined)[] {
  const starts = ranges(file)
  const labels: (PageLabel | undefined)[] = []
  let current: PageLabel | undefined
  for (let i = 0; i < pages; i++) {
    const start = starts.get(i)
    if (start) current = labelOf(file, start)
    else if (current) current = { ...current, number: current.number + 1 }
    labels.push(current)
  }
  return labels
}

/** The number tree, flat: index of a range's first page -> its dictionary. */
function ranges(file: PdfFile): Map<number, PdfDict> {
  const found = new Map<number, PdfDict>()
  const seen = new Set<number>()
  const waiting: PdfValue[] = [file.root.get('PageLabels') ?? null]
  for (let value = waiting.pop(); value !== undefined && seen.size < MOST_NODES; value = waiting.pop()) {
    if (value instanceof PdfRef && seen.has(value.object)) continue
    if (value instanceof PdfRef) seen.add(value.object)
    const node = file.dict(value)
    if (!node) continue
    const numbers = file.array(node.get('Nums'))
    for (let i = 0; i + 1 < numbers.length; i += 2) {
      const [index, range] = [file.resolve(numbers[i]), file.resolve(numbers[i + 1])]
      if (isNumber(index) && isDict(range)) found.set(index, range)
    }
    waiting.push(...file.array(node.get('Kids')).slice(0, MOST_NODES))
  }
  return found
}

function labelOf(file: PdfFile, range: PdfDict): PageLabel {
  const prefix = file.resolve(range.get('P'))
  const style = file.name(range.get('S')) ?? ''
  const first = file.number(range.get('St')) ?? 1
  return {
    style: /^[DRrAa]$/.test(style) ? style : '',
    prefix: prefix instanceof PdfString ? textOf(prefix.bytes).slice(0, LONGEST_PREFIX) : '',
    number: Number.isInteger(first) && first >= 1 && first < 1e6 ? first : 1,
  }
}
