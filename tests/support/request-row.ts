/** A new request as the centre's feed brings it. */
import type { RowEnvelope } from '../../electron/contract/centre.contract.ts'

/** @param more fields in place of the usual ones */
export const requestRow = (id: string, version: number, more: object = {}): RowEnvelope =>
  ({
    type: 'request',
    id,
    version,
    seq: version,
    service: 'copy',
    role: 'supplier',
    status: 'RequestReceived',
    stage: 'queued',
    claim: null,
    appliedAt: 1,
    urgent: false,
    promiseAt: 2,
    dueAt: null,
    fields: { centreNo: 'zx', title: `文化苦旅 ${id}`, partner: 'BUCT', deliveryMethod: 'electronic' },
    ...more,
  }) as RowEnvelope
