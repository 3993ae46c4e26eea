/** What the card of a request reads, and reading it before the card is drawn: all at once instead of one after another. */
import type { QueueRow } from '../../../electron/contract/core.contract.ts'
import { readAhead, type Topic } from '../../app/data.ts'

/** Events after which each is read again. */
export const READS = {
  request: ['queue', 'pages', 'document', 'outbox'],
  holdings: ['holdings', 'settings'],
  copyright: ['reports', 'queue'],
} as const satisfies Record<string, readonly Topic[]>

/** Reads what the card of this row will ask for. */
export function lookAhead({ id, role, service }: Pick<QueueRow, 'id' | 'role' | 'service'>): void {
  void readAhead('request.get', { id }, READS.request, id)
  if (role !== 'supplier') return
  void readAhead('holdings.get', { requestId: id }, READS.holdings, id)
  if (service === 'copy') void readAhead('copyright.get', { requestId: id }, READS.copyright)
}
