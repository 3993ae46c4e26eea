/** `npm run desk -- COMMAND`: core without a window, from its sources. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../setup/places.mjs'

const child = spawn(process.execPath, [join(root, 'electron', 'core', 'cli.ts'), ...process.argv.slice(2)], {
  stdio: 'inherit',
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code) => process.exit(code ?? 1))
