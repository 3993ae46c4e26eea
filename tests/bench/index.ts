/**
 * `npm run bench -- [area ...] [--samples DIR]`: measures, prints every line and writes out/bench.json.
 * A line nobody measures, or whose module fails, stands there with `value: null, met: false` and its why.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { GOALS, isMet } from './goals.ts'
import type { BenchContext, BenchLine, Measure, Measured } from './line.ts'
import { pouchVersion } from './sync/pouch.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const root = join(here, '..', '..')
const areas = [...new Set(GOALS.map((goal) => goal.area))]

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { samples: { type: 'string' }, help: { type: 'boolean' } },
})
const unknown = positionals.filter((area) => !areas.includes(area))
if (values.help || unknown.length > 0) {
  if (unknown.length > 0) console.error(`unknown area: ${unknown.join(', ')}`)
  console.log(`npm run bench -- [area ...] [--samples DIR]\nareas: ${areas.join(', ')} (none: all)`)
  process.exit(unknown.length > 0 ? 2 : 0)
}
const wanted = positionals.length > 0 ? positionals : areas

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
    log: (text) => console.log(`  ${text}`),
  }
  try {
    const { measure } = (await import(module)) as { measure: Measure }
    for (const line of await measure(context)) lines.set(line.id, line)
  } catch (error) {
    const why = `the measurement failed: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`
    console.error(error)
    for (const goal of GOALS) if (goal.area === area) lines.set(goal.id, { id: goal.id, value: null, n: 0, why })
  } finally {
    rmSync(context.dir, { recursive: true, force: true })
  }
  return lines
}

const lines: BenchLine[] = []
for (const area of areas) {
  const measured = wanted.includes(area) ? await measureArea(area) : new Map<string, Measured>()
  for (const goal of GOALS.filter((one) => one.area === area)) {
    const got = measured.get(goal.id)
    const ratio = got?.value != null && got.peerValue ? got.value / got.peerValue : null
    const why =
      got?.why ??
      (got
        ? undefined
        : wanted.includes(area)
          ? 'nothing in the project measures this yet'
          : 'area not asked for in this run')
    lines.push({
      id: goal.id,
      area,
      what: goal.what,
      value: got?.value ?? null,
      unit: goal.unit,
      peer: got?.peer ?? null,
      peerValue: got?.peerValue ?? null,
      ratio,
      goal: `${goal.op} ${goal.goal}`,
      met: isMet(goal, got?.value ?? null, ratio),
      n: got?.n ?? 0,
      ...(why ? { why } : {}),
    })
  }
}

const show = (value: number | null): string =>
  value === null ? '-' : Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(4)
for (const line of lines) {
  const verdict = line.met ? 'met    ' : line.value === null ? 'no data' : 'NOT MET'
  const peer = line.ratio === null ? '' : ` ratio ${show(line.ratio)} (${line.peer} ${show(line.peerValue)})`
  console.log(
    `${verdict} ${line.id}: ${show(line.value)} ${line.unit}${peer} goal ${line.goal} n=${line.n}${line.why ? ` [${line.why}]` : ''}`,
  )
}

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
console.log(`${lines.filter((line) => line.met).length} of ${lines.length} lines met; written to out/bench.json`)
