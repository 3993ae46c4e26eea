/** A program that main could host: echoes what a port says. */
import { connectParent } from '../../../electron/core/host/parent-link.ts'
import type { PortLike } from '../../../electron/contract/rpc.ts'

const parent = connectParent()
if (!parent) throw new Error('start me with fork()')
const ports: PortLike[] = []
const { dataDir } = await parent.init
parent.answer({
  blob: ({ id }) => (id === 'missing' ? null : { path: `${dataDir}/${id}`, type: 'image/png' }),
  readyUpdate: () => ({ ok: false, code: 'update_none', params: {} }),
})
parent.onPort((port) => {
  ports.push(port)
  port.onMessage((message) => port.postMessage(`echo ${String(message)}`))
})
parent.onEnd(async () => {
  for (const port of ports) port.postMessage('closed')
  // The words must be out before the process ends.
  await new Promise((resolve) => setTimeout(resolve, 50))
})
parent.ready()
