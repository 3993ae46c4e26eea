import { execFile, spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

const PATHS = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin']

/** Where a program is, or undefined. Daemons live in /usr/sbin, which is not on everybody's PATH. */
export function programPath(name: string): string | undefined {
  return PATHS.map((folder) => join(folder, name)).find((path) => {
    try {
      accessSync(path, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/**
 * The programs that are missing. A test that needs some skips with their names; where CI is set a missing program is
 * an error, so that a suite cannot turn green by losing its peers.
 */
export function missingPrograms(...names: string[]): string[] {
  const missing = names.filter((name) => !programPath(name))
  if (missing.length > 0 && process.env.CI) throw new Error(`missing programs: ${missing.join(', ')}`)
  return missing
}

export interface Ran {
  code: number
  stdout: string
  stderr: string
}

/** Runs a program to its end; never throws for its exit code. */
export function run(name: string, args: string[], env: NodeJS.ProcessEnv = {}, cwd?: string): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const path = programPath(name)
    if (!path) return reject(new Error(`${name} is not installed`))
    const options = { env: { ...process.env, LC_ALL: 'C', ...env }, maxBuffer: 64 * 1024 * 1024, timeout: 60_000, cwd }
    execFile(path, args, options, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code ?? 1) || 1 : 0, stdout, stderr })
    })
  })
}

export interface Daemon {
  process: ChildProcess
  /** What it said so far. */
  log: () => string
  stop: (signal?: NodeJS.Signals) => Promise<void>
}

/** Starts a program that stays; stop() waits until it is gone. */
export function startDaemon(name: string, args: string[], options: SpawnOptions = {}): Daemon {
  const path = programPath(name)
  if (!path) throw new Error(`${name} is not installed`)
  const child = spawn(path, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  let log = ''
  const note = (chunk: Buffer) => (log = (log + chunk.toString()).slice(-200_000))
  child.stdout?.on('data', note)
  child.stderr?.on('data', note)
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()))
  return {
    process: child,
    log: () => log,
    stop: async (signal = 'SIGTERM') => {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill(signal)
      const hard = setTimeout(() => child.kill('SIGKILL'), 3_000)
      await gone
      clearTimeout(hard)
    },
  }
}

/** Waits until the check gives something true; fails with what was waited for. */
export async function until<T>(
  what: string,
  check: () => Promise<T | undefined | false> | T | undefined | false,
  ms = 15_000,
): Promise<T> {
  const end = performance.now() + ms
  for (;;) {
    const found = await check()
    if (found) return found
    if (performance.now() > end) throw new Error(`waited in vain for ${what}`)
    await wait(50)
  }
}
