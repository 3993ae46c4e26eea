/** How this page reaches core and main: two typed clients over what the preload script gave. */
import * as z from 'zod'
import { type DeskBridge, mainPort, onCorePort } from '../electron/contract/bridge.ts'
import type { CoreContract } from '../electron/contract/core.contract.ts'
import { CORE_PROTOCOL, CoreEvent, firstMethods } from '../electron/contract/first.contract.ts'
import { ChosenFile, MAIN_PROTOCOL, MainEvent, mainContract } from '../electron/contract/main.contract.ts'
import { DeskError } from '../electron/contract/errors.ts'
import { createRpcClient } from '../electron/contract/rpc-client.ts'
import type { CallInput, CallOutput, MethodName, PortLike } from '../electron/contract/rpc.ts'

export type CoreMethod = MethodName<CoreContract>
export type CoreIn<M extends CoreMethod> = CallInput<CoreContract, M>
export type CoreOut<M extends CoreMethod> = CallOutput<CoreContract, M>

const coreClient = createRpcClient<CoreContract, typeof CoreEvent>({
  contract: firstMethods,
  whole: async () => (await import('../electron/contract/core.contract.ts')).coreContract,
  protocol: CORE_PROTOCOL,
  event: CoreEvent,
})
const mainClient = createRpcClient({ contract: mainContract, protocol: MAIN_PROTOCOL, event: MainEvent })

/** Asks core; throws DeskError. */
export const core = coreClient.call
/** Asks main; throws DeskError. */
export const main = mainClient.call
export const onCoreEvent = coreClient.onEvent
export const onMainEvent = mainClient.onEvent

let takeFilesOf: (files: File[]) => Promise<unknown> = async () => ({ files: [] })
let blobBase = 'app://desk/blob/'
let newPort: () => void = () => {}

const TakenFiles = z.object({ files: z.array(ChosenFile), problem: z.enum(['too_large', 'disk_full']).nullish() })

/** Turns dropped or pasted files into ids that core knows. @throws DeskError too_large, disk_full */
export async function takeFiles(files: File[]): Promise<ChosenFile[]> {
  const taken = TakenFiles.parse(await takeFilesOf(files))
  if (taken.problem) throw new DeskError(taken.problem)
  return taken.files
}

/** The address of a blob's bytes (page image, PDF). */
export function blobUrl(id: string): string {
  return blobBase + id
}

/** Calls `listener` whenever a further port to core was attached: what is shown must then be read again. */
export function onCorePortChange(listener: () => void): void {
  newPort = listener
}

/** Connects through the preload script's `window.desk`. */
export function connectBridge(bridge: DeskBridge): void {
  mainClient.attach(mainPort(bridge))
  let first = true
  onCorePort(window, (port) => {
    coreClient.attach(port)
    // What was asked before the first port came is only now on its way.
    if (!first) newPort()
    first = false
  })
  takeFilesOf = (files) => bridge.takeFiles(files)
  bridge.connectCore()
}

/** Connects to ports made elsewhere (the page for screenshots and the unit tests). */
export function connectPorts(ports: { core: PortLike; main: PortLike; blobs: string }): void {
  coreClient.attach(ports.core)
  mainClient.attach(ports.main)
  blobBase = ports.blobs
}
