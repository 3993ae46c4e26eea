/**
 * `npm run test:soak -- [--histories N] [--kills K] [--hours H] [--seed S] [--part I/N]`: 50,000 histories of the sync, 200
 * kills and a simulated working day of 8 hours, from a seed of its own unless one is given (BALIS_DESK_HISTORIES, _KILLS,
 * _SOAK_HOURS and _SEED say the same). `--part 3/10` does the third tenth, with a seed that follows from the given one, so
 * that parts run after each other or on several machines. The last line says what was done.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../setup/places.mjs'
import { readArguments } from './support/arguments.mjs'
import { resultOfVitest } from './support/results.mjs'
import { runTool } from './support/tool.mjs'

const values = readArguments({
  histories: { type: 'string', default: process.env.BALIS_DESK_HISTORIES ?? '50000' },
  kills: { type: 'string', default: process.env.BALIS_DESK_KILLS ?? '200' },
  hours: { type: 'string', default: process.env.BALIS_DESK_SOAK_HOURS ?? '8' },
  seed: { type: 'string', default: process.env.BALIS_DESK_SEED ?? String(Date.now() % 2 ** 31) },
  part: { type: 'string', default: '1/1' },
})
const [part, parts] = /^[1-9]\d*\/[1-9]\d*$/.test(values.part) ? values.part.split('/').map(Number) : [1, 0]
const whole = (text) => (/^\d{1,9}$/.test(text) ? Number(text) : Number.NaN)
const [histories, kills, hours, given] = [values.histories, values.kills, values.hours, values.seed].map(whole)
if (part > parts || [histories, kills, hours, given].some(Number.isNaN)) {
  console.error('soak: --histories N --kills K --hours H --seed S are whole numbers, --part I/N a part of N')
  process.exit(2)
}
// Parts far apart: the tests add small numbers to their seed.
const seed = (given + (part - 1) * 1_000_003) % 2 ** 31
process.env.BALIS_DESK_HISTORIES = String(Math.ceil(histories / parts))
process.env.BALIS_DESK_KILLS = String(Math.max(1, Math.ceil(kills / parts)))
process.env.BALIS_DESK_SOAK_HOURS = String(Math.max(1, Math.ceil(hours / parts)))
process.env.BALIS_DESK_SEED = String(seed)
console.log(
  `seed ${given}, part ${part} of ${parts}: ${process.env.BALIS_DESK_HISTORIES} histories, ${process.env.BALIS_DESK_KILLS} kills`,
)

const folder = join(root, 'out', 'soak')
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
process.env.BALIS_DESK_TALLY = join(folder, 'tally')
const report = join(folder, 'report.json')
const args = ['run', '--config', 'build/vitest.config.ts', '--reporter=default', '--reporter=json']
const code = await runTool('vitest', [...args, `--outputFile.json=${report}`, 'tests/sync-model', 'tests/faults'])
const { failed } = resultOfVitest(report, code)

/** Sums by name, as the tests wrote them down: one `name count` a line. */
function tally() {
  try {
    const sums = {}
    for (const line of readFileSync(process.env.BALIS_DESK_TALLY, 'utf8').trim().split('\n')) {
      const [name, count] = line.split(' ')
      sums[name] = (sums[name] ?? 0) + Number(count)
    }
    return sums
  } catch {
    return {}
  }
}
const done = { histories: 0, schedules: 0, kills: 0, mutants: 0, soakActions: 0, ...tally() }
for (const name of failed) console.log(`violation: ${name}`)
console.log(
  `${done.histories} histories, ${done.schedules} schedules, ${done.kills} kills, ${done.soakActions} actions in a day of faults, ${done.mutants} of 7 mutants found out, ${failed.length} violations (seed ${given}, part ${part}/${parts})`,
)
process.exitCode = failed.length > 0 ? 1 : 0
