/** Measures the scan desk in core as it runs: a page's way to the window's picture, to "sent", and a long job's memory. */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { ScanProfile } from '../../../electron/contract/core.contract.ts'
import { CORE_FLAGS, CORE_ALLOCATOR } from '../../../electron/contract/host-link.ts'
import { onFaultPoint } from '../../../electron/core/fault-point.ts'
import { Stage, type TestDesk } from '../../support/desk.ts'
import { percentile, type BenchContext, type Measured } from '../line.ts'
import { pssOf } from '../memory.ts'

const DPI = 300
const profile = (stack: string): ScanProfile => ({
  scannerId: 'rehearsal:desk',
  source: 'feeder',
  mode: 'grey',
  dpi: DPI,
  options: { stack },
})

const program = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

export async function withDesk<T>(
  pages: number,
  msPerPage: number,
  work: (desk: TestDesk, id: string) => Promise<T>,
): Promise<T> {
  const stage = new Stage()
  const folder = mkdtempSync(join(tmpdir(), 'balis-bench-scan-'))
  try {
    stage.pages = folder
    stage.pageMs = msPerPage
    await promisify(execFile)(process.execPath, [program('draw.ts'), folder, String(pages), String(DPI)])
    await stage.startCentre({ rows: 40 })
    const desk = await stage.desk('bench')
    await desk.core.sync.settle()
    const query = {
      text: '',
      filter: { service: 'copy', role: 'supplier', open: true },
      sort: 'applied',
      descending: false,
    } as const
    const { rows } = await desk.handlers['queue.window']({ query, offset: 0, limit: 50 })
    const row = rows.find((one) => one.holder === null && one.status === 'RequestReceived')!
    await desk.handlers['op.act']({ objectId: row.id, kind: 'accept', args: {} })
    return await work(desk, row.id)
  } finally {
    onFaultPoint(undefined)
    await stage.end()
    rmSync(folder, { recursive: true, force: true })
  }
}

export const start = (desk: TestDesk, requestId: string) =>
  desk.handlers['scan.start']({ requestId, profile: profile('s-'), insertAt: null, replacePage: null })

/** When the newest page in a spool got its last byte, ms of the wall clock: renaming a file leaves its time alone. */
function lastByteAt(desk: TestDesk): number {
  const spool = join(desk.folder, 'spool')
  const files = readdirSync(spool, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(jpg|png|tif)$/.test(name),
  )
  return Math.max(...files.map((name) => statSync(join(spool, name)).mtimeMs))
}

/** From a page's last byte in the spool to its picture in the hands of whoever listens for pages, as the window does. */
export async function toScreen(context: BenchContext): Promise<Measured> {
  const times: number[] = []
  await withDesk(24, 900, async (desk, requestId) => {
    let arrived = 0
    onFaultPoint((name) => {
      if (name === 'after-page-scanned') arrived = lastByteAt(desk)
    })
    let seen = 0
    const unsubscribe = desk.running.subscribe(({ topic }) => {
      if (topic !== 'pages') return
      void (async () => {
        const { pages } = await desk.handlers['pages.list']({ requestId })
        if (pages.length <= seen) return
        seen = pages.length
        const { path } = await desk.running.findBlob(pages.at(-1)!.previewBlob)
        readFileSync(path)
        times.push(Date.now() - arrived)
      })()
    })
    const { jobId } = await start(desk, requestId)
    await desk.core.jobs.settled(jobId)
    await desk.running.pagesSeen()
    unsubscribe()
  })
  // the first page starts the worker
  const warm = times.slice(1)
  context.log(`to the screen: ${warm.map((ms) => ms.toFixed(0)).join(' ')} ms`)
  return { id: 'scan.toscreen.p95', value: percentile(warm, 0.95), n: warm.length }
}

/** From the last of 20 pages in the spool to the centre's word that the request is supplied. */
export async function toSent(context: BenchContext): Promise<Measured> {
  const value = await withDesk(20, 700, async (desk, requestId) => {
    let last = 0
    onFaultPoint((name) => {
      if (name === 'after-page-scanned') last = performance.now()
    })
    const { jobId } = await start(desk, requestId)
    await desk.core.jobs.settled(jobId)
    await desk.running.pagesSeen()
    const options = desk.core.settings.get().document
    const build = await desk.handlers['document.build']({ requestId, options })
    await desk.core.jobs.settled(build.jobId)
    await desk.handlers['document.send']({ requestId })
    for (;;) {
      await desk.core.sync.settle()
      const { row } = await desk.handlers['request.get']({ id: requestId })
      if (row.status === 'CopyCompleted' && row.pending === 'none') return (performance.now() - last) / 1000
    }
  })
  context.log(`last of 20 pages to sent: ${value.toFixed(2)} s`)
  return { id: 'scan.tosent', value, n: 20 }
}

/** PSS of core (as main starts it, with the centre inside) and its workers, sampled through a job of so many pages. */
export async function memory(context: BenchContext, pages: number): Promise<Measured> {
  const env = { ...process.env, ...CORE_ALLOCATOR }
  const core = spawn(process.execPath, [...CORE_FLAGS, program('long-job.ts'), String(pages)], {
    env,
    stdio: 'inherit',
  })
  let most = 0
  const sample = setInterval(() => (most = Math.max(most, pssWithChildren(core.pid!))), 500)
  const [code] = (await once(core, 'exit')) as [number | null]
  clearInterval(sample)
  if (code !== 0) throw new Error(`the long job ended with ${code}`)
  context.log(`a job of ${pages} pages: ${most.toFixed(0)} MB at most`)
  return { id: 'scan.memory.1000', value: most, n: pages }
}

/** Its workers, not the process that draws the pages before the job begins. */
function pssWithChildren(pid: number): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
  return [pid, ...children.filter(isWorker)].reduce((sum, one) => sum + pssOf(one), 0)
}

function isWorker(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('worker.ts')
  } catch {
    return false // it has just ended
  }
}
