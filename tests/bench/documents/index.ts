/** Documents: sizes, likeness, legibility, speed, memory and stamping against the specialists, in one run. */
import type { Measure, Measured } from '../line.ts'
import { measureCompression } from './compression.ts'
import { measureExactness } from './exactness.ts'
import { measureMemory } from './memory.ts'
import { measureOdd } from './odd.ts'
import { makeSets } from './sets.ts'
import { measureStamping } from './stamping.ts'
import { measureTextLayer } from './text-layer.ts'
import { installed } from './tools.ts'

const PEERS = ['ocrmypdf', 'gs', 'img2pdf', 'tesseract', 'pdftoppm', 'qpdf']

export const measure: Measure = async (context) => {
  const missing = PEERS.filter((program) => !installed(program))
  if (missing.length > 0) throw new Error(`not installed: ${missing.join(', ')}`)
  const sets = await makeSets(context)
  const grey = sets[0]!
  const parts: readonly (readonly [name: string, measure: () => Promise<Measured[]>])[] = [
    ['compression', () => measureCompression(context, sets)],
    ['exactness', () => measureExactness(context, grey)],
    ['stamping', () => measureStamping(context)],
    ['odd files', () => measureOdd(context)],
    ['text layer', () => measureTextLayer(context, grey)],
    ['memory', () => measureMemory(context, sets)],
  ]
  const lines: Measured[] = []
  for (const [name, part] of parts) {
    try {
      lines.push(...(await part()))
    } catch (error) {
      // One part that fails must not hide what the others measured; its lines then say that nothing measured them.
      context.log(`${name} failed: ${error instanceof Error ? error.stack : String(error)}`)
    }
  }
  return lines
}
