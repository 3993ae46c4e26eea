/** Thread that carries the database's log over into its file while the thread of `checkpoints.ts` goes on writing. */
import { parentPort, workerData } from 'node:worker_threads'
import { openDatabase } from './driver.ts'
import type { Carried, CheckpointOrder } from './checkpoints.ts'

const { path, key } = workerData as CheckpointOrder
const db = openDatabase(path, { key, cacheMB: 1 })
const port = parentPort!

port.on('message', (what: 'carry' | 'end') => {
  if (what === 'end') {
    db.close()
    return port.close()
  }
  // Passive: waits for nobody and nobody waits for it.
  const { log } = db.sql<{ log: number }>('PRAGMA wal_checkpoint(PASSIVE)').get()!
  port.postMessage({ pages: log } satisfies Carried)
})
