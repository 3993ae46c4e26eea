/**
 * The reference central service as a program of its own.
 *
 *   node electron/centre/index.ts --data DIR [--port N] [--host 127.0.0.1] [--cert FILE --key FILE]
 *                                 [--rehearsal [--rows N | --living] [--seed N] [--allot N] [--manual-borrower] [--mutant NAME]...]
 *
 * When it listens it writes one line of JSON, `{"listening":"http://127.0.0.1:PORT"}`, and tells its parent the same. It ends
 * on SIGTERM, SIGINT and when its parent goes away; nothing that was answered is lost on SIGKILL.
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { MUTANTS, type Mutant } from './mutants.ts'
import { startCentre, type RunningCentre, type StartOptions } from './server.ts'

interface ParentPort {
  postMessage(message: unknown): void
}

function optionsOf(argv: string[]): StartOptions {
  const { values } = parseArgs({
    args: argv,
    options: {
      data: { type: 'string' },
      port: { type: 'string', default: '0' },
      host: { type: 'string', default: '127.0.0.1' },
      cert: { type: 'string' },
      key: { type: 'string' },
      rehearsal: { type: 'boolean', default: false },
      rows: { type: 'string', default: '0' },
      living: { type: 'boolean', default: false },
      seed: { type: 'string', default: '1' },
      allot: { type: 'string', default: '0' },
      'manual-borrower': { type: 'boolean', default: false },
      mutant: { type: 'string', multiple: true, default: [] },
    },
  })
  if (values.data === undefined) throw new Error('--data DIR is needed')
  const mutants = values.mutant.map((name) => {
    if (!(MUTANTS as readonly string[]).includes(name)) throw new Error(`no mutant ${name}: ${MUTANTS.join(', ')}`)
    return name as Mutant
  })
  return {
    dataDir: values.data,
    port: natural(values.port, '--port'),
    host: values.host,
    ...(values.cert !== undefined && values.key !== undefined
      ? { tls: { cert: readFileSync(values.cert, 'utf8'), key: readFileSync(values.key, 'utf8') } }
      : {}),
    rehearsal: values.rehearsal,
    rows: natural(values.rows, '--rows'),
    living: values.living,
    seed: natural(values.seed, '--seed'),
    ...(values['manual-borrower'] ? { borrower: { receiveAfterMs: null, returnAfterMs: null } } : {}),
    allotBlock: natural(values.allot, '--allot'),
    mutants,
  }
}

function natural(text: string, option: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`${option} takes a whole number`)
  return Number(text)
}

function announce(running: RunningCentre): void {
  const message = { listening: running.url }
  process.stdout.write(`${JSON.stringify(message)}\n`)
  process.send?.(message)
  const parent = (process as { parentPort?: ParentPort }).parentPort
  parent?.postMessage(message)
}

async function main(): Promise<void> {
  const running = await startCentre(optionsOf(process.argv.slice(2)))
  let ending = false
  const end = () => {
    if (ending) return
    ending = true
    void running.close().finally(() => process.exit(0))
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  process.on('disconnect', end)
  announce(running)
}

main().catch((error: unknown) => {
  process.stderr.write(`centre: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(2)
})
