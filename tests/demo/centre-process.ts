/** The reference centre as a process of its own, which the demo can switch off and on like a network. */
import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { createInterface } from 'node:readline'

const entry = fileURLToPath(new URL('../../electron/centre/index.ts', import.meta.url))

export interface CentreProcess {
  readonly url: string
  /** Pulls the network: the process ends at once, its database stays. */
  stop(): Promise<void>
  /** Brings it back on the same port with the same database. */
  start(): Promise<void>
  /** Calls a rehearsal endpoint. @throws Error with the centre's answer when it is not 2xx */
  rehearse(path: string, body: object): Promise<unknown>
}

/**
 * @param data the centre's own folder
 * @param rows plausible requests besides the papers' six; `living` = the believable year of the rehearsal
 */
export async function startCentreProcess(data: string, rows: number | 'living'): Promise<CentreProcess> {
  let child: ChildProcess | undefined
  let port = 0

  async function start(): Promise<void> {
    const filling = rows === 'living' ? ['--living'] : ['--rows', String(rows), '--seed', '7']
    const args = [entry, '--data', data, '--port', String(port), '--rehearsal', ...filling]
    child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    const started = child
    for await (const line of createInterface({ input: started.stdout! })) {
      const said = /^\{"listening":"([^"]+)"\}/.exec(line)
      if (!said) continue
      port = Number(new URL(said[1]!).port)
      started.stdout!.resume()
      return
    }
    throw new Error(`the centre ended with ${started.exitCode} before it listened`)
  }

  await start()
  return {
    get url() {
      return `http://127.0.0.1:${port}`
    },
    start,
    async stop() {
      if (!child || child.exitCode !== null || child.signalCode !== null) return
      const gone = new Promise((resolve) => child!.once('exit', resolve))
      child.kill('SIGKILL')
      await gone
    },
    async rehearse(path, body) {
      const reply = await fetch(`http://127.0.0.1:${port}/rehearsal/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      const text = await reply.text()
      if (!reply.ok) throw new Error(`rehearsal/${path}: ${reply.status} ${text}`)
      return text === '' ? null : JSON.parse(text)
    },
  }
}
