/** The numbers beside the places and on the chips: one pass over all open requests. */
import { urgencyOf } from '../../electron/domain/urgency.ts'
import { COPY, OPEN, stageBits, statusBits, SUPPLIER, TAKEN, URGENT, type QueueColumns } from './queue-columns.ts'
import type { Asker } from './queue-filter.ts'

export interface QueueTally {
  all: number
  mine: number
  new: number
  urgent: number
  loan: number
  copy: number
  pull: number
  scan: number
  loanDesk: number
  courier: number
  late: number
  today: number
}

const NEW = statusBits(['RequestReceived'])
const ACCEPTED = statusBits(['WillSupply'])
const TO_PULL = stageBits(['queued'])
const TO_SCAN = stageBits(['pulled', 'scanning', 'ready', 'resend'])
const ON_LOAN_DESK = stageBits(['queued', 'pulled', 'checked'])
const TO_COURIER = stageBits(['checked', 'packed'])

export function tallyOf(columns: QueueColumns, asker: Asker): QueueTally {
  const sum = { all: 0, mine: 0, new: 0, urgent: 0, loan: 0, copy: 0, pull: 0, scan: 0, loanDesk: 0, courier: 0 }
  let late = 0
  let today = 0
  const me = columns.wordOf(asker.desk)
  for (let slot = 0; slot < columns.size; slot++) {
    const flags = columns.flags[slot]!
    if ((flags & (TAKEN | OPEN)) !== (TAKEN | OPEN)) continue
    const stage = 1 << columns.stage[slot]!
    const status = 1 << columns.status[slot]!
    const copy = (flags & COPY) !== 0
    const accepted = (status & ACCEPTED) !== 0
    sum.all++
    if (columns.holder[slot] === me) sum.mine++
    if (status & NEW) sum.new++
    if (flags & URGENT) sum.urgent++
    sum[copy ? 'copy' : 'loan']++
    const urgency = urgencyOf(columns.due[slot]!, asker.now)
    if (urgency === 'late') late++
    else if (urgency === 'today') today++
    if ((flags & SUPPLIER) === 0) continue
    if (accepted && stage & TO_PULL) sum.pull++
    if (copy && stage & TO_SCAN) sum.scan++
    if (!copy && accepted && stage & ON_LOAN_DESK) sum.loanDesk++
    if (!copy && accepted && stage & TO_COURIER) sum.courier++
  }
  return { ...sum, late, today }
}
