/**
 * `npm test [-- step…]`: types, lint, format, units, the real window, the package, the demo in it. The last line is the sum.
 * Nothing is skipped or tried twice silently: what was is named above the sum.
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { compile } from '../compile/index.mjs'
import { hasDisplay, startVirtualDisplay } from '../launch/display.mjs'
import { canInstall, installPackage, removePackage } from '../package/install.mjs'
import { root } from '../setup/places.mjs'
import { checkFormat, lint, typecheck } from './support/checks.mjs'
import { resultOfCheck, resultOfPlaywright, resultOfVitest } from './support/results.mjs'
import { runNode, runTool } from './support/tool.mjs'

const reports = join(root, 'out', 'test')

/** In this order, what looks at the sources only at once. */
const STEPS = {
  types: async () => resultOfCheck('types', await typecheck()),
  lint: async () => resultOfCheck('lint', await lint()),
  format: async () => resultOfCheck('format', await checkFormat()),
  compile: async () => resultOfCheck('compile', await compile().then(compiled, fail)),
  units: async () => {
    const report = join(reports, 'units.json')
    const args = ['run', '--config', 'build/vitest.config.ts', '--reporter=default', '--reporter=json']
    return resultOfVitest(report, await runTool('vitest', [...args, `--outputFile.json=${report}`]))
  },
  window: async () => {
    // The window's tests leave a processor idle most of the time: what the package needs is compiled there meanwhile.
    const addon = wants('package') && canInstall() && runNode(['build/package/sqlite-addon.mjs'])
    const display = hasDisplay() ? undefined : await startVirtualDisplay()
    const code = await runTool('@playwright/test', ['test', '-c', 'build/playwright.config.ts'], display?.env)
    display?.stop()
    await addon
    return resultOfPlaywright(join(reports, 'window.json'), code)
  },
  // What ships is driven where it can be packed: the demo below runs the installed package.
  package: async () => {
    if (!canInstall()) return { passed: 0, failed: [], skipped: ['package: needs Linux on x64 with dpkg'] }
    const code = await runNode(['build/tasks/package.mjs'])
    if (code === 0) process.env.BALIS_DESK_PACKAGED = installPackage()
    return resultOfCheck('package', code)
  },
  demo: async () => {
    const code = await runNode(['tests/demo/index.ts'])
    removePackage()
    return resultOfCheck('demo', code)
  },
}

function compiled() {
  process.env.BALIS_DESK_COMPILED = '1'
  return 0
}

function fail(error) {
  console.error(error)
  return 1
}

const TOGETHER = ['types', 'lint', 'format', 'compile']

const asked = process.argv.slice(2)
const wants = (step) => asked.length === 0 || asked.includes(step)
const unknown = asked.filter((step) => !Object.hasOwn(STEPS, step))
if (unknown.length > 0) {
  console.error(`no such step: ${unknown.join(', ')}; there are ${Object.keys(STEPS).join(', ')}`)
  process.exit(2)
}

rmSync(reports, { recursive: true, force: true })
const total = { passed: 0, failed: [], skipped: [], again: [] }
async function take(name) {
  const begin = Date.now()
  console.log(`\n── ${name}`)
  const { passed, failed, skipped, again = [] } = await STEPS[name]()
  total.passed += passed
  total.failed.push(...failed)
  total.skipped.push(...skipped)
  total.again.push(...again)
  console.log(`── ${name}: ${passed} passed, ${failed.length} failed (${Math.round((Date.now() - begin) / 1000)} s)`)
}
await Promise.all(TOGETHER.filter(wants).map(take))
for (const name of Object.keys(STEPS)) if (wants(name) && !TOGETHER.includes(name)) await take(name)

for (const name of total.again) console.log(`passed at the second try only: ${name}`)
for (const name of total.skipped) console.log(`skipped: ${name}`)
for (const name of total.failed) console.log(`failed: ${name}`)
process.exitCode = total.failed.length > 0 ? 1 : 0
console.log(`${total.passed} passed, ${total.failed.length} failed, ${total.skipped.length} skipped`)
