/** Core under main: opens as main says, serves every window, ends in order. */
import { CORE_PROTOCOL, type CoreEvent, coreContract } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import type { BlobPlace, CoreInit, GrantedFile, ReadyUpdate } from '../../contract/host-link.ts'
import type { EventMessage, PortLike } from '../../contract/rpc.ts'
import { createRpcServer, type Handlers, servePort } from '../../contract/rpc-server.ts'
import { backupsOf, MENDABLE } from '../backup/recover.ts'
import type { ParentLink } from './parent-link.ts'

/** What the composition root gives for serving. */
export interface ServedCore {
  readonly handlers: Handlers<typeof coreContract>
  subscribe(listener: (event: CoreEvent) => void): () => void
  /** @throws or gives null when the id is unknown */
  findBlob(id: string): Promise<BlobPlace | null>
  /** A file the person chose; `pages.import` names it by id. */
  takeFile(file: GrantedFile): void
  /** The rehearsal centre listens, or the machine woke up: a good moment for a sync. */
  goodMoment(): void
  /** A package to install now, or why not. */
  readyUpdate(): Promise<ReadyUpdate>
  close(): Promise<void>
  logUnexpected(method: string, error: unknown): void
}

/** @param open opens database, sync and devices as main says */
export async function serveParent(parent: ParentLink, open: (init: CoreInit) => Promise<ServedCore>): Promise<void> {
  const init = await parent.init
  const core = await open(init).catch((error: unknown) => {
    if (!(error instanceof DeskError)) throw error
    const backups = MENDABLE.has(error.code) ? { backups: backupsOf(init.dataDir) } : {}
    parent.refuse({ code: error.code, params: error.params, ...backups })
    return null
  })
  if (!core) return
  const windows = new Set<PortLike>()
  const answer = createRpcServer({
    contract: coreContract,
    protocol: CORE_PROTOCOL,
    handlers: core.handlers,
    onUnexpected: (method, error) => core.logUnexpected(method, error),
  })

  core.subscribe((event) => {
    const message: EventMessage = { protocol: CORE_PROTOCOL, kind: 'event', event }
    for (const window of windows) window.postMessage(message)
  })
  parent.answer({ blob: ({ id }) => core.findBlob(id).catch(() => null), readyUpdate: () => core.readyUpdate() })
  parent.onNotice((notice) => {
    if (notice.topic === 'file') core.takeFile(notice.file)
    else core.goodMoment()
  })
  parent.onPort((port) => {
    windows.add(port)
    port.onClose(() => windows.delete(port))
    servePort(port, answer, undefined)
  })
  parent.onEnd(() => core.close())
  parent.ready()
}
