import { type ChildProcess, spawn, spawnSync } from 'node:child_process'

/** A run of a scanner's command-line tool. Lines come without their end; CR ends a line too (progress). */
export interface ToolRun {
  command: string
  args: readonly string[]
  /** The tool dies with us. It would hang instead, and keep the scanner, once nobody reads its stderr. Linux only. */
  dieWithParent?: boolean
  env?: Record<string, string | undefined>
  cwd?: string
  signal: AbortSignal
  onStdout?: (line: string) => void
  onStderr?: (line: string) => void
  /** True while the tool would not hear a request to stop; it is then made when this ends, or after `graceMs`. */
  isDeaf?: () => boolean
  /** How the tool's bytes become text; latin1 keeps every byte for a caller that knows better. */
  encoding?: 'utf8' | 'latin1'
  /** Milliseconds without a byte on either stream after which the tool counts as hung. */
  silenceMs: number
  /** What the tool says on stderr when it has done its work; it is ended when it does not leave by itself then. */
  lastWords?: RegExp
  /** Milliseconds between the steps SIGINT, SIGTERM, SIGKILL. */
  graceMs?: number
}

export interface ToolResult {
  exit: number | null
  stdout: string
  stderr: string
  /** Why we ended it, where we did. */
  stopped: 'aborted' | 'silent' | 'lingering' | null
}

const KEPT_CHARS = 1_000_000
const STOPS = ['SIGINT', 'SIGTERM', 'SIGKILL'] as const

/**
 * Runs the tool to its end and always drains both streams: scanimage hangs for ever when nobody reads its stderr.
 * An abort stops it as a person would (SIGINT lets the scanner park), and harder only when it does not listen.
 * Errors: those of spawn (ENOENT where it is not installed); a bad exit is a result, not an error.
 */
export function runTool(run: ToolRun): Promise<ToolResult> {
  return new Promise((resolve, reject) => {
    const [command, args] = run.dieWithParent && canDieWithParent() ? withDeathSignal(run) : [run.command, run.args]
    const child = spawn(command, args, {
      cwd: run.cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      // A process group of its own, so that what the tool has forked can be ended with it.
      detached: process.platform !== 'win32',
      env: { ...process.env, ...run.env, LC_ALL: 'C', LANGUAGE: 'C' },
    })
    let stopped: ToolResult['stopped'] = null
    let step = 0
    let escalation: NodeJS.Timeout | undefined
    let lingering: NodeJS.Timeout | undefined
    let reaper: NodeJS.Timeout | undefined
    const stop = (why: 'aborted' | 'silent' | 'lingering'): void => {
      stopped ??= why
      clearTimeout(held)
      const name = STOPS[step++]
      if (!name) return
      if (name === 'SIGKILL') killGroup(child)
      else child.kill(name)
      escalation = setTimeout(() => stop(why), run.graceMs ?? 3000)
    }
    let held: NodeJS.Timeout | undefined
    const onAbort = (): void => {
      if (run.isDeaf?.()) held ??= setTimeout(() => stop('aborted'), run.graceMs ?? 3000)
      else stop('aborted')
    }
    const silence = setTimeout(() => stop('silent'), run.silenceMs)
    const out = lines(run.onStdout)
    const err = lines(run.onStderr)
    child.stdout.setEncoding(run.encoding ?? 'utf8').on('data', (text: string) => (silence.refresh(), out.take(text)))
    child.stderr.setEncoding(run.encoding ?? 'utf8').on('data', (text: string) => {
      silence.refresh()
      err.take(text)
      if (held !== undefined && step === 0 && !run.isDeaf?.()) stop('aborted')
      if (run.lastWords?.test(text)) lingering ??= setTimeout(() => stop('lingering'), run.graceMs ?? 3000)
    })
    const done = (): void => {
      clearTimeout(silence)
      clearTimeout(lingering)
      clearTimeout(held)
      clearTimeout(escalation)
      clearTimeout(reaper)
      run.signal.removeEventListener('abort', onAbort)
    }
    child.once('error', (error) => {
      done()
      reject(error)
    })
    // Several backends fork a reader that holds the pipes open after the tool itself has died.
    child.once('exit', () => {
      reaper = setTimeout(() => killGroup(child), run.graceMs ?? 3000)
    })
    child.once('close', (exit) => {
      done()
      resolve({ exit, stdout: out.end(), stderr: err.end(), stopped })
    })
    if (run.signal.aborted) stop('aborted')
    else run.signal.addEventListener('abort', onAbort, { once: true })
  })
}

let deathSignal: boolean | undefined
/** Whether setpriv (util-linux 2.33 or later) can tie a child's life to ours; asked once. */
function canDieWithParent(): boolean {
  deathSignal ??=
    process.platform === 'linux' &&
    spawnSync('setpriv', ['--pdeathsig', 'KILL', 'true'], { stdio: 'ignore' }).status === 0
  return deathSignal
}

/** setpriv becomes the tool (exec), so signals and the exit code stay the tool's own; 127 tells that it is missing. */
function withDeathSignal({ command, args }: ToolRun): [string, string[]] {
  return ['setpriv', ['--pdeathsig', 'KILL', '--', command, ...args]]
}

function killGroup(child: ChildProcess): void {
  try {
    if (process.platform === 'win32' || child.pid === undefined) child.kill('SIGKILL')
    else process.kill(-child.pid, 'SIGKILL')
  } catch {
    // Nothing of the group is left.
  }
}

function lines(onLine?: (line: string) => void): { take(text: string): void; end(): string } {
  let kept = ''
  let rest = ''
  return {
    take(text) {
      if (kept.length < KEPT_CHARS) kept += text
      const parts = (rest + text).split(/\r\n|\r|\n/)
      rest = parts.pop() ?? ''
      for (const part of parts) if (part !== '') onLine?.(part)
    },
    end() {
      if (rest !== '') onLine?.(rest)
      rest = ''
      return kept
    },
  }
}
