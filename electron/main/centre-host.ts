/** The rehearsal centre: a process of its own on loopback, on a port that stays the same from start to start. */
import { createServer } from 'node:net'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { CentreListening } from '../contract/host-link.ts'
import { type HostedProcess, startProcess } from './hosts/process-host.ts'
import { createRestartLimit } from './restart-limit.ts'

export interface CentreHost {
  readonly url: string
  start(): void
  end(): void
}

export interface CentreHostOptions {
  readonly dataDir: string
  readonly port: number
  /** Called whenever it (again) listens. */
  readonly onListening: (url: string) => void
}

export function createCentreHost({ dataDir, port, onListening }: CentreHostOptions): CentreHost {
  const limit = createRestartLimit({ times: 3, withinMs: 60_000 })
  const folder = join(dataDir, 'rehearsal-centre')
  let child: HostedProcess | undefined
  let ended = false

  function start(): void {
    mkdirSync(folder, { recursive: true })
    const args = ['--data', folder, '--port', String(port), '--rehearsal', '--living']
    startProcess({ name: 'balis-centre', program: 'centre.mjs', args }).then(
      (started) => {
        child = started
        if (ended) return started.kill()
        started.onMessage((message) => {
          const { listening } = message as Partial<CentreListening>
          if (typeof listening === 'string') onListening(listening)
        })
        started.onExit((code) => {
          if (ended) return
          console.error(`the rehearsal centre ended with ${code}`)
          if (limit.mayRestart()) start()
        })
      },
      (error: unknown) => console.error('the rehearsal centre does not start', error),
    )
  }

  return {
    url: `http://127.0.0.1:${port}`,
    start,
    end() {
      ended = true
      child?.kill()
    },
  }
}

/** The wished port when it is free, else any free one on loopback. */
export async function freePort(wished: number | undefined): Promise<number> {
  return (await tryPort(wished ?? 0)) ?? (await tryPort(0)) ?? Promise.reject(new Error('no free port on loopback'))
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(undefined))
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : undefined))
    })
  })
}
