/** Core, put together: the sync side, and the working side with scanners, documents, printers and bags. */
import type { GrantedFile, SystemPrinting } from '../contract/host-link.ts'
import type { CoreOptions } from './context.ts'
import { openDeskCore } from './desk-core.ts'
import type { WorkerForker } from './host/workers.ts'
import { openWork } from './work.ts'

export type RunningCore = Awaited<ReturnType<typeof openCore>>

/**
 * Opens core on a data folder.
 * @param fork starts worker processes for bytes from outside
 * @param system the operating system's printers, where a window is there to print through
 * @throws DeskError data_folder_in_use, database_newer, database_damaged, read_only, disk_full
 */
export async function openCore(options: CoreOptions, fork: WorkerForker, system?: SystemPrinting) {
  const desk = openDeskCore(options, () => work.status())
  const { core, identity, subscribe, goodMoment } = desk
  const work = await openWork(core, fork, system)
  return {
    core,
    identity,
    handlers: { ...work.handlers, ...desk.handlers },
    subscribe,
    goodMoment,
    /** Begins to work by itself: sync, hints, devices. */
    start(): void {
      desk.start()
      void work.resume().catch((error: unknown) => core.log.error({ err: error }, 'devices'))
    },
    findBlob: async (id: string) => {
      const { path, mime } = await core.blobs.openBlobForWindow(id)
      return { path, type: mime }
    },
    pagesSeen: work.pagesSeen,
    sweepPages: work.sweepPages,
    takeFile: (file: GrantedFile) => work.takeFile(file),
    logUnexpected: (method: string, error: unknown) => core.log.error({ err: error, method }, 'unexpected'),
    async close(): Promise<void> {
      await desk.quiet()
      await work.close()
      desk.close()
    },
  }
}
