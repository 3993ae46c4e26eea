/** Documents: sizes, likeness, legibility, speed, memory and stamping against the specialists, in one run. */
import type { Measure, Measured } from '../line.ts'
import { measureCompression } from './compression.ts'
import { makeSets } from './sets.ts'
import { installed } from './tools.ts'

const PEERS = ['ocrmypdf', 'gs', 'img2pdf', 'tesseract', 'pdftoppm', 'qpdf']

export const measure: Measure = async (context) => {
  const missing = PEERS.filter((program) => !installed(program))
  if (missing.length > 0) throw new Error(`not installed: ${missing.join(', ')}`)
  const lines: Measured[] = []
  const sets = await makeSets(context)
  lines.push(...(await measureCompression(context, sets)))
  return lines
}
