/** Finds the core of a launched app, whichever host runs it. */
import type { ElectronApplication } from '@playwright/test'
import { execFileSync } from 'node:child_process'

/** @throws when no core runs */
export async function corePid(app: ElectronApplication): Promise<number> {
  const utility = await app.evaluate(
    ({ app: running }) => running.getAppMetrics().find((process) => process.serviceName === 'balis-core')?.pid,
  )
  const pid = utility ?? childPid(app.process().pid ?? 0, 'balis-core')
  if (pid === undefined) throw new Error('no core runs')
  return pid
}

/** The child of a process with a name (main gives its programs titles). */
export function childPid(parent: number, name: string): number | undefined {
  const lines = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n')
  const processes = lines.map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
  return processes
    .filter((found) => found !== null)
    .map((found) => ({ pid: Number(found[1]), ppid: Number(found[2]), args: found[3] ?? '' }))
    .find(({ ppid, args }) => ppid === parent && args.includes(name))?.pid
}
