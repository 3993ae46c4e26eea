/** The program of a document worker: takes orders one at a time and answers each with a value or a named error. */
import { connectWorkerParent } from '../host/worker-parent.ts'
import { DocumentError, packError, toDocumentError } from './errors.ts'
import { probeFile } from './probe.ts'
import { analysePage } from './raster/page.ts'
import { previewImage } from './raster/preview.ts'
import { copyReceivedPdf } from './received/copy.ts'
import { subsetFont } from './stamp/font.ts'
import type { Answer, Order, TaskName, Tasks } from './tasks.ts'
import { sendBytes } from './transport.ts'

/** Ends a worker whose memory core cannot see; above the limit of the pool, so that core acts first where it can. */
const OWN_MEMORY_LIMIT = 2200 * 2 ** 20

const handlers: { [N in TaskName]: (request: Tasks[N][0]) => Promise<Tasks[N][1]> } = {
  page: ({ source, options }) => analysePage(source, options),
  pdf: copyReceivedPdf,
  font: ({ text }) => subsetFont(text),
  probe: ({ path }) => probeFile(path),
  previews: previewImage,
}

const parent = connectWorkerParent()
parent.onMessage((message) => {
  void answer(message as Order).then((reply) => parent.post(reply))
})
setInterval(() => {
  if (process.memoryUsage.rss() > OWN_MEMORY_LIMIT) process.exit(137)
}, 500)

async function answer({ id, task, request, file }: Order): Promise<Answer> {
  try {
    if (!Object.hasOwn(handlers, task)) throw new DocumentError('worker_failed', { task })
    const handler = handlers[task] as (request: unknown) => Promise<unknown>
    return { id, ok: true, value: await sendBytes(await handler(request), file) }
  } catch (error) {
    return { id, ok: false, error: packError(toDocumentError(error, 'worker_failed')) }
  }
}
