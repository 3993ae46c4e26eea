/** A courier desk with nothing on it, for screens that are drawn without a core. */
import type { custodyMethods, settlementMethods } from '../../../electron/contract/core.contract.ts'
import type { Handlers } from '../../../electron/contract/rpc-server.ts'

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const ok = { ok: true } as const
const PICKUP = {
  requestId: 'HG00003906',
  title: '论语译注',
  partnerName: '北京化工大学图书馆',
  callNumber: 'B222.2/12',
  volumes: 1,
  code: 'P-12345678',
  until: null,
  expired: false,
}

export const fakeCustody: Handlers<typeof custodyMethods & typeof settlementMethods> = {
  'arrival.board': () => ({ bags: [], sent: [] }),
  'arrival.scan': ({ code }) => ({
    verdict: 'returned',
    bagId: null,
    title: code,
    detail: '',
    left: null,
    anomaly: false,
  }),
  'arrival.finish': () => ({ missing: 0 }),
  'anomaly.list': () => [],
  'pickup.waiting': () => [PICKUP],
  'pickup.find': () => PICKUP,
  'pickup.collect': () => PICKUP,
  'due.rules': () => ({ loanDays: 30, byLibrary: {}, openDaysOnly: false, vacations: [] }),
  'due.setRules': () => ok,
  'due.preview': () => ({ moves: [], excepted: [] }),
  'due.apply': () => ({ batchId: uuid(1), moved: 0 }),
  'due.batches': () => [],
  'due.undo': () => ({ restored: 0, left: 0 }),
  'paper.reserve': () => ({ number: 'M-RM-1-2026-313', codes: ['B-RM-1-720'] }),
  'paper.list': () => [],
  'paper.enter': () => ({ manifestId: uuid(2), items: 0, unknown: [] }),
  'paper.void': () => ok,
  'handover.photo': () => ({ blob: 'photo' }),
  'handover.photos': () => [],
  'manifest.voids': () => [],
  'settlement.tariffs': () => [],
  'settlement.saveTariff': () => ok,
  'settlement.dropTariff': () => ok,
  'settlement.statement': () => ({ lines: [], couriers: [], bags: 0, items: 0, fen: 0, unpriced: 0 }),
  'settlement.trace': () => ({ steps: [], signature: null, intact: null }),
  'settlement.readFile': ({ fileId }) => ({
    fileId,
    head: [],
    rows: 0,
    mapping: { headRows: 1, columns: { bag: 0, price: null, weight: null }, price: 'yuan', weight: 'kg' },
    remembered: false,
  }),
  'settlement.compare': () => ({ ours: 0, theirs: 0, same: 0, differences: [], bad: [] }),
  'settlement.export': () => ({ blob: 'statement', name: 'statement.xlsx' }),
}
