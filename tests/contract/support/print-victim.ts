/**
 * A desk that prints one batch of pull slips and ends; whoever starts it lets it die in the middle by BALIS_DESK_FAULT.
 *
 *   node print-victim.ts FOLDER REQUEST,REQUEST,…
 */
import { createWorkerForker } from '../../../electron/core/host/workers.ts'
import { openCore } from '../../../electron/core/index.ts'

const [folder, requests] = process.argv.slice(2) as [string, string]
const options = { dataDir: folder, rehearsal: true, autoSync: false, locale: 'zh-CN', version: 'test' }
const { handlers } = await openCore(options, createWorkerForker(null))
await handlers['printer.list']({ refresh: true })
const order = { kind: 'pullSlip', objectIds: requests.split(','), printerId: null, copies: null, start: null } as const
await handlers['print.submit'](order)
const timer = setInterval(() => {
  const [batch] = handlers['print.batches']({ limit: 1 }) as { state: string }[]
  if (batch?.state === 'running') return
  clearInterval(timer)
  process.exit(0)
}, 50)
