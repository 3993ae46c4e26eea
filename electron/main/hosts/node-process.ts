/** Host two: a child process of the project's Node, which carries JSON only. */
import { app } from 'electron'
import { fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { nodePlaces, PROGRAM_FOLDER } from '../places.ts'
import type { StartProcess } from './process-host.ts'

export const startNodeProcess: StartProcess = async (options) => {
  const child = fork(join(PROGRAM_FOLDER, options.program), [...(options.args ?? [])], {
    execPath: projectNode(),
    // Without source maps: reading core's takes longer than all else it does before its first answer.
    execArgv: [`--title=${options.name}`, ...(options.execArgv ?? [])],
    // The second start compiles nothing again.
    env: { ...process.env, NODE_COMPILE_CACHE: join(app.getPath('sessionData'), 'compiled'), ...options.env },
    serialization: 'json',
    // Ctrl+C in a terminal is for main, which ends its programs in order.
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const exit = new Promise<number>((resolve) => {
    child.once('exit', (code) => resolve(code ?? -1))
    child.once('error', () => resolve(-1))
  })
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve)
    child.once('error', reject)
  })
  return {
    pid: child.pid ?? -1,
    carriesPorts: false,
    send(message) {
      if (child.connected) child.send(message as object)
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void exit.then(listener),
    kill: () => void child.kill('SIGKILL'),
  }
}

function projectNode(): string {
  const found = nodePlaces().find((place) => existsSync(place))
  if (!found) throw new Error('this Electron cannot load the database itself and no Node >= 22.14 is beside it')
  return found
}
