/** A centre in a process of its own with many requests, and a desk in this one. */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { openDeskCore, type DeskCore } from '../../../electron/core/desk-core.ts'

const CENTRE = fileURLToPath(new URL('../../../electron/centre/index.ts', import.meta.url))

export interface BenchCentre {
  url: string
  child: ChildProcess
  lever(name: string, body: object): Promise<unknown>
  end(): Promise<void>
}

export async function startBenchCentre(dir: string, rows: number): Promise<BenchCentre> {
  const data = mkdtempSync(join(dir, 'centre-'))
  const args = [CENTRE, '--data', data, '--rehearsal', '--manual-borrower', '--rows', String(rows)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout! }).once('line', resolve)
    child.once('exit', (code) => reject(new Error(`the centre ended with ${code}`)))
  })
  const { listening: url } = JSON.parse(line) as { listening: string }
  return {
    url,
    child,
    lever: async (name, body) => {
      const headers = { 'Content-Type': 'application/json' }
      const response = await fetch(`${url}/rehearsal/${name}`, { method: 'POST', headers, body: JSON.stringify(body) })
      if (!response.ok) throw new Error(`lever ${name}: ${response.status}`)
      return response.json()
    },
    end: () =>
      new Promise<void>((resolve) => {
        child.once('exit', () => resolve())
        child.kill()
      }),
  }
}

/** A desk that is enrolled and signed in and has nothing yet. */
export async function openBenchDesk(dir: string, centre: Pick<BenchCentre, 'url'>): Promise<DeskCore> {
  const dataDir = mkdtempSync(join(dir, 'desk-'))
  mkdirSync(dataDir, { recursive: true })
  const options = { dataDir, rehearsal: true, autoSync: false, locale: 'zh-CN', version: 'bench' }
  const desk = openDeskCore({ ...options, centreUrl: centre.url })
  desk.core.settings.set({ holdSeconds: 0 })
  await desk.identity.enrol(centre.url, 'RUC-DEMO', 'bench')
  await desk.identity.signIn('ruc-wang', 'balis-rehearsal')
  return desk
}

export async function closeBenchDesk(desk: DeskCore): Promise<void> {
  await desk.quiet()
  desk.close()
}
