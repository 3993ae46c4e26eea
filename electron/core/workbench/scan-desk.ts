/** What the window has on its scan desk now: the request that pages without a request of their own belong to. */
import type { LastArrival, TrayReason } from '../../contract/core.contract.ts'
import type { Core } from '../context.ts'
import { takesPages } from './tray.ts'

export interface ScanDesk {
  put(requestId: string | null): void
  /** Where pages go that come in now: the request, or why they go to the tray. */
  target(): { requestId: string } | { reason: TrayReason; hint: string }
  /** Tells the window what came in by itself. */
  arrived(arrival: Omit<LastArrival, 'at'>): void
  last(): LastArrival | null
}

export function createScanDesk(core: Core): ScanDesk {
  let open: string | null = null
  let last: LastArrival | null = null
  return {
    put: (requestId) => void (open = requestId),
    target() {
      if (core.actorOrNull() === null) return { reason: 'signed_out', hint: '' }
      if (open === null) return { reason: 'no_request', hint: '' }
      return takesPages(core, open) ? { requestId: open } : { reason: 'request_closed', hint: open }
    },
    arrived(arrival) {
      last = { ...arrival, name: arrival.name.slice(0, 200), at: core.now() }
      core.events.emit('intake')
    },
    last: () => last,
  }
}
