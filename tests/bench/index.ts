/**
 * `npm run bench -- [area ...] [--only LINE[,LINE]] [--samples DIR]`: measures, prints every line and writes out/bench.json.
 * A line nobody measures, or whose module fails, stands there with `value: null, met: false` and its why.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { GOALS, isMet, type Goal } from './goals.ts'
import type { BenchContext, BenchLine, Measure, Measured } from './line.ts'
import { pouchVersion } from './sync/pouch.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const root = join(here, '..', '..')
const areas = [...new Set(GOALS.map((goal) => goal.area))]

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { samples: { type: 'string' }, only: { type: 'string' }, help: { type: 'boolean' } },
})
const only = values.only?.split(',') ?? null
const unknown = [
  ...positionals.filter((area) => !areas.includes(area)),
  ...(only ?? []).filter((id) => !GOALS.some((goal) => goal.id === id)),
]
if (values.help || unknown.length > 0) {
  if (unknown.length > 0) console.error(`unknown area or line: ${unknown.join(', ')}`)
  console.log(
    `npm run bench -- [area ...] [--only LINE[,LINE]] [--samples DIR]\nareas: ${areas.join(', ')} (none: all)`,
  )
  process.exit(unknown.length > 0 ? 2 : 0)
}
const isWanted = (goal: Goal): boolean =>
  only ? only.includes(goal.id) : positionals.length === 0 || positionals.includes(goal.area)

/** First line a peer program prints of its version, or null where it is not installed. */
function versionOf(command: string, args: string[]): string | null {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
      .split('\n')[0]
      .trim()
  } catch {
    return null
  }
}

async function measureArea(area: string): Promise<Map<string, Measured>> {
  const module = join(here, area, 'index.ts')
  const lines = new Map<string, Measured>()
  if (!existsSync(module)) return lines
  const context: BenchContext = {
    dir: mkdtempSync(join(tmpdir(), `balis-bench-${area}-`)),
    samples: values.samples ?? null,
    wants: (...ids) => GOALS.some((goal) => ids.includes(goal.id) && isWanted(goal)),
    found: (some) => {
      for (const line of some) {
        if (!lines.has(line.id)) print(lineOf(line))
        lines.set(line.id, line)
      }
    },
    log: (text) => console.log(`  ${text}`),
  }
  try {
    const { measure } = (await import(module)) as { measure: Measure }
    context.found(await measure(context))
  } catch (error) {
    const why = `the measurement failed: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`
    console.error(error)
    for (const goal of GOALS)
      if (goal.area === area && !lines.has(goal.id)) lines.set(goal.id, { id: goal.id, value: null, n: 0, why })
  } finally {
    rmSync(context.dir, { recursive: true, force: true })
  }
  return lines
}

/** A measured line with its goal and verdict; undefined for one that its module knows and the goals do not. */
function lineOf(got: Measured): BenchLine | undefined {
  const goal = GOALS.find(({ id }) => id === got.id)
  if (!goal) return undefined
  const ratio = got.value != null && got.peerValue ? got.value / got.peerValue : null
  return {
    id: goal.id,
    area: goal.area,
    what: goal.what,
    value: got.value,
    unit: goal.unit,
    peer: got.peer ?? null,
    peerValue: got.peerValue ?? null,
    ratio,
    goal: `${goal.op} ${goal.goal}`,
    met: isMet(goal, got.value, ratio),
    n: got.n,
    ...(got.why ? { why: got.why } : {}),
  }
}

const show = (value: number | null): string =>
  value === null ? '-' : Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(4)

function print(line: BenchLine | undefined): void {
  if (!line) return
  const verdict = line.met ? 'met    ' : line.value === null ? 'no data' : 'NOT MET'
  const peer = line.ratio === null ? '' : ` ratio ${show(line.ratio)} (${line.peer} ${show(line.peerValue)})`
  console.log(
    `${verdict} ${line.id}: ${show(line.value)} ${line.unit}${peer} goal ${line.goal} n=${line.n}${line.why ? ` [${line.why}]` : ''}`,
  )
}

const lines: BenchLine[] = []
for (const area of areas) {
  const wanted = GOALS.some((goal) => goal.area === area && isWanted(goal))
  const measured = wanted ? await measureArea(area) : new Map<string, Measured>()
  for (const goal of GOALS.filter((one) => one.area === area)) {
    const why = isWanted(goal) ? 'nothing in the project measures this yet' : 'not asked for in this run'
    lines.push(lineOf(measured.get(goal.id) ?? { id: goal.id, value: null, n: 0, why })!)
  }
}
console.log('')
const asked = lines.filter(({ id }) => isWanted(GOALS.find((goal) => goal.id === id)!))
for (const line of asked) print(line)

const electronVersion = versionOf(join(root, 'node_modules', '.bin', 'electron'), ['--version'])
mkdirSync(join(root, 'out'), { recursive: true })
const env = {
  cores: cpus().length,
  memGB: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  electron: electronVersion,
  peers: {
    ocrmypdf: versionOf('ocrmypdf', ['--version']),
    ghostscript: versionOf('gs', ['--version']),
    qpdf: versionOf('qpdf', ['--version']),
    tesseract: versionOf('tesseract', ['--version']),
    poppler: versionOf('pdfinfo', ['-v']),
    pouchdb: pouchVersion(),
  },
}
writeFileSync(join(root, 'out', 'bench.json'), JSON.stringify({ env, lines }, null, 2))
console.log(`${asked.filter((line) => line.met).length} of ${asked.length} lines met; written to out/bench.json`)
// A window's virtual screen or a peer that was left open must not keep a run that is over.
process.exit(0)
