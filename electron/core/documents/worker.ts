/** The program of a document worker: takes orders one at a time and answers each with a value or a named error. */
import module from 'node:module'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { runsFromSource } from '../host/places.ts'
import { connectWorkerParent } from '../host/worker-parent.ts'
import { DocumentError, packError, toDocumentError } from './errors.ts'
import type { Answer, Order, TaskName, Tasks } from './tasks.ts'
import { sendBytes } from './transport.ts'

/** Ends a worker whose memory core cannot see; above the limit of the pool, so that core acts first where it can. */
const OWN_MEMORY_LIMIT = 2200 * 2 ** 20

/** Loaded when first asked for: a worker that makes pages need not know PDFs and fonts, which take longer than a page. */
const handlers: { [N in TaskName]: (request: Tasks[N][0]) => Promise<Tasks[N][1]> } = {
  page: async ({ source, options }) => (await import('./raster/page.ts')).analysePage(source, options),
  pdf: async (request) => (await import('./received/copy.ts')).copyReceivedPdf(request),
  font: async ({ text }) => (await import('./stamp/font.ts')).subsetFont(text),
  probe: async ({ path }) => (await import('./probe.ts')).probeFile(path),
  printed: async (request) => (await import('./printed.ts')).printedToPdf(request),
  verify: async ({ path }) => (await import('./stamp/verify.ts')).verifyDocument(path),
  previews: async (request) => (await import('./raster/preview.ts')).previewImage(request),
  arrive: async (request) => (await import('./arrive.ts')).arrive(request),
  pack: async (request) => (await import('./raster/pack.ts')).packTiff(request),
  table: async ({ path }) => (await import('./table.ts')).readTable(path),
  look: async (request) => (await import('./look.ts')).look(request),
}

/**
 * A page leaves buffers of tens of megabytes outside the heap, which is itself so small that nothing makes V8 look for
 * them in time. They die young: looking at what is young takes less than a millisecond, keeps a worker at one page's size
 * and does not forget the machine code of what is about to be used again. What has outlived that, and
 * the objects of a large PDF, are looked for where there is much of it.
 */
setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as (what?: { readonly type: 'minor' }) => void
const MOST_LEFT = 64 * 2 ** 20

function cleanUp(): void {
  collect({ type: 'minor' })
  const { heapUsed, external } = process.memoryUsage()
  if (heapUsed + external > MOST_LEFT) collect()
}

const parent = connectWorkerParent()
parent.onMessage((message) => {
  void answer(message as Order).then((reply) => {
    parent.post(reply)
    cleanUp()
    // A worker is ended by a kill, before which Node would not keep the types it has stripped from the sources.
    if (runsFromSource) module.flushCompileCache()
  })
})
setInterval(() => {
  if (ownMemory() > OWN_MEMORY_LIMIT) process.exit(137)
}, 500)

/** Bytes in memory; 0 where the system does not tell (a closed /proc): the pool has its own eye on workers. */
function ownMemory(): number {
  try {
    return process.memoryUsage.rss()
  } catch {
    return 0
  }
}

async function answer({ id, task, request, file }: Order): Promise<Answer> {
  try {
    if (!Object.hasOwn(handlers, task)) throw new DocumentError('worker_failed', { task })
    const handler = handlers[task] as (request: unknown) => Promise<unknown>
    return { id, ok: true, value: await sendBytes(await handler(request), file) }
  } catch (error) {
    return { id, ok: false, error: packError(toDocumentError(error, 'worker_failed')) }
  }
}
