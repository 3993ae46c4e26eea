/** Documents: sizes, likeness, legibility, speed, memory and stamping against the specialists, in one run. */
import type { Measure, Measured } from '../line.ts'
import { compressionParts } from './compression.ts'
import { measureExactness } from './exactness.ts'
import { MEMORY_IDS, measureMemory } from './memory.ts'
import { measureOdd } from './odd.ts'
import { makeSets, type BenchSet } from './sets.ts'
import { measureStamping, STAMPING_IDS } from './stamping.ts'
import { measureTextLayer } from './text-layer.ts'
import { installed } from './tools.ts'

const PEERS = ['ocrmypdf', 'gs', 'img2pdf', 'tesseract', 'pdftoppm', 'qpdf']

interface Part {
  readonly name: string
  readonly ids: readonly string[]
  measure(): Promise<Measured[]>
}

export const measure: Measure = async (context) => {
  const missing = PEERS.filter((program) => !installed(program))
  if (missing.length > 0) throw new Error(`not installed: ${missing.join(', ')}`)
  // Made when the first part asks for them.
  let made: Promise<BenchSet[]> | null = null
  const sets = (): Promise<BenchSet[]> => (made ??= makeSets(context))
  const grey = async (): Promise<BenchSet> => (await sets())[0]!
  const parts: readonly Part[] = [
    { name: 'odd files', ids: ['doc.odd'], measure: () => measureOdd(context) },
    { name: 'stamping', ids: STAMPING_IDS, measure: () => measureStamping(context) },
    { name: 'exactness', ids: ['doc.encode.exact'], measure: async () => measureExactness(context, await grey()) },
    ...compressionParts(context, sets),
    {
      name: 'text layer',
      ids: ['doc.ocrlayer.f1', 'doc.ocrlayer.time'],
      measure: async () => measureTextLayer(context, await grey()),
    },
    { name: 'memory', ids: MEMORY_IDS, measure: async () => measureMemory(context, await sets()) },
  ]
  for (const { name, ids, measure: part } of parts) {
    if (!context.wants(...ids)) continue
    try {
      const began = performance.now()
      context.found(await part())
      context.log(`${name}: ${((performance.now() - began) / 1000).toFixed(0)} s`)
    } catch (error) {
      // One part that fails must not hide what the others measured; its lines say why they have no value.
      const why = `failed: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`
      context.found(ids.map((id) => ({ id, value: null, n: 0, why })))
    }
  }
  return []
}
