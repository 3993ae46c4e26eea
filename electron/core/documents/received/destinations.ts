import type { PdfFile } from '../pdf/read/pdf-file.ts'
import { PdfRef, type PdfValue } from '../pdf/read/values.ts'
import { destinationName } from './safety.ts'

const MAXIMUM_NODES = 50_000

/** All named places of a document: the /Dests dictionary of old files and the name tree of newer ones. */
export function destinations(file: PdfFile): ReadonlyMap<string, PdfValue> {
  const found = new Map<string, PdfValue>(file.dict(file.root.get('Dests')) ?? [])
  const waiting: PdfValue[] = [file.dict(file.root.get('Names'))?.get('Dests') ?? null]
  const seen = new Set<number>()
  for (let next = 0; next < waiting.length && next < MAXIMUM_NODES; next++) {
    const value = waiting[next]!
    if (value instanceof PdfRef) {
      if (seen.has(value.object)) continue
      seen.add(value.object)
    }
    const node = file.dict(value)
    if (!node) continue
    waiting.push(...file.array(node.get('Kids')))
    const names = file.array(node.get('Names'))
    for (let i = 0; i + 1 < names.length; i += 2) {
      const name = destinationName(file.resolve(names[i]))
      if (name !== null && !found.has(name)) found.set(name, names[i + 1]!)
    }
  }
  return found
}
