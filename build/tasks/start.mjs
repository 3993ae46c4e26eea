/** `npm start [-- --data DIR]`: compiles what changed and opens the window. */
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { compile } from '../compile/index.mjs'
import { electronCommand } from '../launch/electron.mjs'
import { hasDisplay, startVirtualDisplay } from '../launch/display.mjs'
import { stopWith } from '../setup/say.mjs'

try {
  await compile()
  const display = hasDisplay() ? undefined : await startVirtualDisplay()
  if (display) console.error(`no screen here: the window opens on the virtual display ${display.env.DISPLAY}`)
  const { command, args, env } = electronCommand({ args: process.argv.slice(2), env: display?.env })
  const child = spawn(command, args, { stdio: 'inherit', env })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', stopWith)
  child.on('exit', (code, signal) => {
    display?.stop()
    process.exit(code ?? 128 + constants.signals[signal])
  })
} catch (error) {
  stopWith(error)
}
