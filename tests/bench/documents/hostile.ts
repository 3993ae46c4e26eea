/**
 * `node tests/bench/documents/hostile.ts [--pdfs DIR]... [--own] [--crafted] [--bombs] [--mutants N] [--seed S]
 * [--look] [--only NAME] [--keep DIR]`: received PDFs at large. Every file of the folders, or N damaged ones made from
 * them and from our own odd files, each held against qpdf, mutool and pdftotext; with --look against pdftoppm too. Prints what failed and the shares; ends with 1 where fewer than 98 % of what a peer opens is
 * taken over as it must be.
 */
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { createDocumentEngine } from '../../../electron/core/documents/index.ts'
import { createWorkerForker } from '../../../electron/core/host/workers.ts'
import { craftedFiles } from '../../unit/documents/support/crafted-files.ts'
import { mutated } from '../../unit/documents/support/mutate.ts'
import { ODD_FILES } from '../../unit/documents/support/odd-files.ts'
import { judge, opens, type Verdict } from './judge.ts'

const GOAL = 0.98
const AT_ONCE = 2
/** Mutants of larger files say little more and take long. */
const LARGEST_PARENT = 400_000

const { values } = parseArgs({
  options: {
    pdfs: { type: 'string', multiple: true, default: [] },
    mutants: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    keep: { type: 'string' },
    own: { type: 'boolean', default: false },
    crafted: { type: 'boolean', default: false },
    bombs: { type: 'boolean', default: false },
    look: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
})

interface Case {
  readonly name: string
  bytes(): Promise<Buffer>
}

async function found(folder: string): Promise<Case[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && /\.pdf$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => ({ name: path.slice(folder.length + 1), bytes: () => readFile(path) }))
}

const folders = await Promise.all(values.pdfs.map(found))
const originals = folders.flat()
const own: Case[] = ODD_FILES.map(({ name, bytes }) => ({ name, bytes: () => Promise.resolve(bytes) }))
const crafted: Case[] = craftedFiles(values.bombs).map(({ name, bytes }) => ({
  name,
  bytes: () => Promise.resolve(bytes),
}))
const cases: Case[] =
  Number(values.mutants) > 0
    ? []
    : [...(values.own ? own : []), ...(values.crafted ? crafted : []), ...originals].filter(({ name }) =>
        name.includes(values.only ?? ''),
      )
if (Number(values.mutants) > 0) {
  const parents: Buffer[] = []
  for (const { bytes } of [...own, ...(values.crafted ? crafted : []), ...originals]) {
    const whole = await bytes()
    if (whole.length > 0 && whole.length <= LARGEST_PARENT) parents.push(whole)
  }
  for (let i = 0; i < Number(values.mutants); i++) {
    const seed = Number(values.seed) * 1_000_003 + i
    const parent = parents[(i * 7919) % parents.length]!
    cases.push({ name: `mutant-${seed}`, bytes: () => Promise.resolve(mutated(parent, seed)) })
  }
}

const dir = await mkdtemp(join(tmpdir(), 'balis-hostile-'))
const engine = createDocumentEngine({ fork: createWorkerForker(null), limits: { size: AT_ONCE }, scratch: dir })
if (values.keep) await mkdir(values.keep, { recursive: true })
const verdicts: (Verdict & { name: string })[] = []
let next = 0

async function lane(number: number): Promise<void> {
  for (let one = cases[next++]; one; one = cases[next++]) {
    const input = join(dir, `in-${number}.pdf`)
    await writeFile(input, await one.bytes())
    const verdict = await judge(engine, input, join(dir, `out-${number}.pdf`), values.look)
    verdicts.push({ ...verdict, name: one.name })
    if (verdict.faults.length === 0 && verdict.ms < 30_000) continue
    const { peers, pages, refusal, faults, ms } = verdict
    console.log(
      `${one.name}: ${faults.join('; ')} | ours ${pages ?? refusal}, qpdf ${peers.qpdf} (${peers.listed}), mutool ${peers.mutool}, ${Math.round(ms)} ms`,
    )
    if (values.keep)
      await copyFile(
        input,
        join(
          values.keep,
          basename(one.name)
            .replace(/[^\w.-]+/g, '-')
            .replace(/(\.pdf)?$/i, '.pdf'),
        ),
      )
  }
}

try {
  await Promise.all(Array.from({ length: AT_ONCE }, (_, number) => lane(number)))
} finally {
  await engine.close()
  await rm(dir, { recursive: true, force: true })
}

const share = (good: number, all: number): string =>
  `${good} of ${all} (${((100 * good) / Math.max(1, all)).toFixed(2)} %)`
const opened = verdicts.filter(({ peers }) => opens(peers))
const right = opened.filter(({ faults }) => faults.length === 0)
const crashed = verdicts.filter(({ faults }) => faults.some((fault) => fault.startsWith('ended as')))
console.log(`files ${verdicts.length}; opened by qpdf or mutool and right here: ${share(right.length, opened.length)}`)
console.log(`accepted: ${share(opened.filter(({ pages }) => pages !== null).length, opened.length)}`)
console.log(`ended otherwise than by a result or a clear refusal: ${crashed.length}`)
console.log(`longest: ${Math.round(Math.max(0, ...verdicts.map(({ ms }) => ms)))} ms`)
process.exitCode = right.length >= GOAL * opened.length && crashed.length === 0 ? 0 : 1
