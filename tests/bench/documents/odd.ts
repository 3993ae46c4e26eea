/** Difficult files: those made by hand must end as they should, all others as well as qpdf or mutool open them. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createDocumentEngine } from '../../../electron/core/documents/index.ts'
import { createWorkerForker } from '../../../electron/core/host/workers.ts'
import { craftedFiles } from '../../unit/documents/support/crafted-files.ts'
import { damaged, ODD_FILES, type OddFile } from '../../unit/documents/support/odd-files.ts'
import { modernPdf, simpleObjects, simplePdf } from '../../unit/documents/support/raw-pdf.ts'
import type { BenchContext, Measured } from '../line.ts'
import { judge, type Verdict } from './judge.ts'

const DAMAGED = 140
const AT_ONCE = 2

interface Case {
  readonly name: string
  readonly bytes: Buffer
  /** How it must end, where that is known; else as the peers have it. */
  readonly ends?: OddFile['ends']
}

function casesOf(): Case[] {
  const originals = [simplePdf({ pages: 5 }), modernPdf(simpleObjects({ pages: 5 }))]
  const broken = Array.from({ length: DAMAGED }, (_, seed) => ({
    name: `damaged ${seed}`,
    bytes: damaged(originals[Math.floor(seed / 7) % originals.length]!, seed),
  }))
  return [...ODD_FILES, ...craftedFiles(), ...broken]
}

/** Files that are no PDF end by their name; for the others the judge says what is wrong. */
function faultsOf({ ends }: Case, verdict: Verdict): readonly string[] {
  if (ends && 'code' in ends) return verdict.refusal === ends.code ? [] : [`not refused as ${ends.code}`]
  if (ends && verdict.pages !== ends.pages)
    return [`${verdict.pages ?? verdict.refusal} instead of ${ends.pages} pages`]
  return ends ? verdict.faults.filter((fault) => fault !== 'another number of pages') : verdict.faults
}

export async function measureOdd({ dir, log }: BenchContext): Promise<Measured[]> {
  const cases = casesOf()
  log(`${cases.length} odd files`)
  const engine = createDocumentEngine({ fork: createWorkerForker(null), limits: { size: AT_ONCE } })
  let right = 0
  let next = 0
  const lane = async (number: number): Promise<void> => {
    for (let one = cases[next++]; one; one = cases[next++]) {
      const input = join(dir, `odd-${number}-in.pdf`)
      await writeFile(input, one.bytes)
      const verdict = await judge(engine, input, join(dir, `odd-${number}-out.pdf`))
      const faults = faultsOf(one, verdict)
      if (faults.length === 0) right++
      else log(`${one.name}: ${faults.join('; ')}`)
    }
  }
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, (_, number) => lane(number)))
  } finally {
    await engine.close()
  }
  return [{ id: 'doc.odd', value: right / cases.length, n: cases.length }]
}
