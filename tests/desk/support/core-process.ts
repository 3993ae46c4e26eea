/** Finds the processes of a launched app, whichever host runs them. */
import type { ElectronApplication, Page } from '@playwright/test'
import { execFileSync } from 'node:child_process'

/** @throws when no core runs */
export async function corePid(app: ElectronApplication): Promise<number> {
  const utility = await app.evaluate(
    ({ app: running }) => running.getAppMetrics().find((process) => process.serviceName === 'balis-core')?.pid,
  )
  // The other host gives its programs titles.
  const pid = utility ?? children(app.process().pid ?? 0).find(({ args }) => args.includes('balis-core'))?.pid
  if (pid === undefined) throw new Error('no core runs')
  return pid
}

export interface AppInfo {
  readonly core: 'starting' | 'running' | 'restarting' | 'failed'
  readonly refusal: { readonly code: string } | null
}

/** What main says of itself and of core, asked as the page asks it. */
export const appInfo = (page: Page): Promise<AppInfo | undefined> =>
  page.evaluate(async () => {
    const { desk } = globalThis as unknown as { desk: { askMain(message: unknown): Promise<unknown> } }
    const answer = await desk.askMain({ protocol: 1, kind: 'call', id: 1, method: 'app.info', params: {} })
    return (answer as { reply: { data?: AppInfo } }).reply.data
  })

/** All descendants of a process. */
export function childPids(parent: number): number[] {
  return children(parent).flatMap(({ pid }) => [pid, ...childPids(pid)])
}

function children(parent: number): { pid: number; args: string }[] {
  const lines = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,stat=,args='], { encoding: 'utf8' }).split('\n')
  return lines
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line))
    .filter((found) => found !== null)
    .filter((found) => Number(found[2]) === parent && !found[3]?.startsWith('Z'))
    .map((found) => ({ pid: Number(found[1]), args: found[4] ?? '' }))
}
