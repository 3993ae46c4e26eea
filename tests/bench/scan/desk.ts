/** Measures the scan desk in core as it runs: a page's way to the window's picture, to "sent", and a long job's memory. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ScanProfile } from '../../../electron/contract/core.contract.ts'
import { onFaultPoint } from '../../../electron/core/fault-point.ts'
import { Stage, type TestDesk } from '../../support/desk.ts'
import { percentile, type BenchContext, type Measured } from '../line.ts'
import { makePage, toJpeg } from '../pages/page.ts'
import { writeFile, mkdir } from 'node:fs/promises'

const DPI = 300
const profile = (stack: string): ScanProfile => ({
  scannerId: 'rehearsal:desk',
  source: 'feeder',
  mode: 'grey',
  dpi: DPI,
  options: { stack },
})

async function withDesk<T>(
  pages: number,
  msPerPage: number,
  work: (desk: TestDesk, id: string) => Promise<T>,
): Promise<T> {
  const stage = new Stage()
  const folder = mkdtempSync(join(tmpdir(), 'balis-bench-scan-'))
  try {
    stage.pages = folder
    stage.pageMs = msPerPage
    const drawn = []
    for (let i = 0; i < Math.min(pages, 5); i++)
      drawn.push(
        await toJpeg((await makePage({ kind: 'grey', lang: i % 2 ? 'en' : 'zh', seed: 900 + i, dpi: DPI })).scan),
      )
    await mkdir(folder, { recursive: true })
    for (let i = 0; i < pages; i++)
      await writeFile(join(folder, `s-${String(i).padStart(5, '0')}.jpg`), drawn[i % drawn.length]!)
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

const start = (desk: TestDesk, requestId: string) =>
  desk.handlers['scan.start']({ requestId, profile: profile('s-'), insertAt: null, replacePage: null })

/** From the page lying whole in the spool to its picture in the hands of whoever listens for pages, as the window does. */
export async function toScreen(context: BenchContext): Promise<Measured> {
  const times: number[] = []
  await withDesk(24, 900, async (desk, requestId) => {
    let arrived = 0
    onFaultPoint((name) => {
      if (name === 'after-page-scanned') arrived = performance.now()
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
        times.push(performance.now() - arrived)
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

/** PSS of core and its workers, sampled through a job of so many pages. */
export async function memory(context: BenchContext, pages: number): Promise<Measured> {
  let most = 0
  await withDesk(pages, 0, async (desk, requestId) => {
    const sample = setInterval(() => (most = Math.max(most, pssMb())), 500)
    const { jobId } = await start(desk, requestId)
    await desk.core.jobs.settled(jobId)
    await desk.running.pagesSeen()
    clearInterval(sample)
  })
  context.log(`a job of ${pages} pages: ${most.toFixed(0)} MB at most`)
  return { id: 'scan.memory.1000', value: most, n: pages }
}

/** This process (core and the centre it talks to) and its children. */
function pssMb(): number {
  const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(process.pid)], { encoding: 'utf8' })
  const pids = [
    process.pid,
    ...children
      .split('\n')
      .map(Number)
      .filter((pid) => pid > 0),
  ]
  return pids.reduce((sum, pid) => sum + pssOf(pid), 0) / 1024
}

function pssOf(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}
