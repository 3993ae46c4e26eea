/** Host one: Electron's utility process, which carries real ports. */
import { app, utilityProcess } from 'electron'
import { join } from 'node:path'
import { PROGRAM_FOLDER } from '../places.ts'
import type { StartProcess } from './process-host.ts'

export const startUtilityProcess: StartProcess = async (options) => {
  await app.whenReady()
  const child = utilityProcess.fork(join(PROGRAM_FOLDER, options.program), [...(options.args ?? [])], {
    serviceName: options.name,
    execArgv: [...(options.execArgv ?? [])],
    env: { ...process.env, ...options.env },
    stdio: 'inherit',
  })
  const started = new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve)
    child.once('exit', (code) => reject(new Error(`${options.name} ended with ${code} before it ran`)))
  })
  const exit = new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? -1)))
  await started
  return {
    pid: child.pid ?? -1,
    carriesPorts: true,
    send: (message, port) => child.postMessage(message, port ? [port] : []),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void exit.then(listener),
    kill() {
      // kill() asks politely; a stuck process must go all the same.
      if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL')
    },
  }
}
