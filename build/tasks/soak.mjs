/**
 * `npm run test:soak`: 50,000 histories of the sync, 200 kills and a simulated working day of 8 hours, each from a seed of
 * its own unless one is given. BALIS_DESK_HISTORIES, BALIS_DESK_KILLS, BALIS_DESK_SOAK_HOURS and BALIS_DESK_SEED change them. The last line says what was done.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../setup/places.mjs'
import { resultOfVitest } from './support/results.mjs'
import { runTool } from './support/tool.mjs'

process.env.BALIS_DESK_HISTORIES ??= '50000'
process.env.BALIS_DESK_KILLS ??= '200'
process.env.BALIS_DESK_SOAK_HOURS ??= '8'
process.env.BALIS_DESK_SEED ??= String(Date.now() % 2 ** 31)
const seed = process.env.BALIS_DESK_SEED
console.log(`seed ${seed}`)

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
const { histories = 0, schedules = 0, kills = 0, mutants = 0, soakActions = 0 } = tally()
for (const name of failed) console.log(`violation: ${name}`)
console.log(
  `${histories} histories, ${schedules} schedules, ${kills} kills, ${soakActions} actions in a day of faults, ${mutants} of 7 mutants found out, ${failed.length} violations (seed ${seed})`,
)
process.exitCode = failed.length > 0 ? 1 : 0
