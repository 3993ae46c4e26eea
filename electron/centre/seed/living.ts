/**
 * What a new user meets in rehearsal beside figure 3: the open work of an ordinary week (some late, some accepted, some in
 * a colleague's hands) and a year of a small library behind it. Most of it is older than figure 3 or out on loan, so the
 * six requests of the figure stand where their own deadline puts them.
 */
import type { HistoryEntry, RequestRow } from '../../contract/centre.contract.ts'
import { DAY_MS, promiseOf } from '../calendar.ts'
import { HOME } from './directory.ts'
import { requests } from './generator.ts'

export const LIVING_COUNT = 340
const OPEN = 12
/** A request a day, and the open ones of the last four: with a promise of three working days a few of them are late. */
const PACE = { perYear: 400, open: OPEN, openDays: 4.2 }
const SEED = 20_241_122
const HOUR_MS = 3_600_000
const COLLEAGUE = { desk: 'rehearsal-desk-2', deskName: '2 号台', user: 'ruc-wang', userName: '王老师' }

/** @param now ms UTC; the same now gives the same rows */
export function* livingQueue(now: number): Generator<RequestRow> {
  let open = 0
  for (const row of requests(HOME, LIVING_COUNT, SEED, now, PACE)) {
    if (row.status !== 'RequestReceived' && row.status !== 'WillSupply') yield withEnd(row)
    else yield openWork(row, open++, now)
  }
}

const entry = (at: number, event: string, text = ''): HistoryEntry => ({
  at,
  event,
  desk: COLLEAGUE.deskName,
  who: COLLEAGUE.userName,
  text,
})

/** The oldest are in hand already, two of them with a colleague; the newest but one is urgent. */
function openWork(row: RequestRow, nth: number, now: number): RequestRow {
  const begun = nth < OPEN / 2
  const acceptedAt = row.appliedAt + 2 * HOUR_MS
  const urgent = nth === OPEN - 2
  return {
    ...row,
    status: begun ? 'WillSupply' : 'RequestReceived',
    stage: begun && nth % 2 === 0 ? 'pulled' : 'queued',
    claim: nth === 1 || nth === 4 ? { ...COLLEAGUE, leaseUntil: now + DAY_MS } : null,
    urgent,
    promiseAt: promiseOf(row.appliedAt, urgent),
    history: begun ? [entry(acceptedAt, 'accept')] : [],
  }
}

/** What is finished says how it went. */
function withEnd(row: RequestRow): RequestRow {
  const at = row.appliedAt + 3 * HOUR_MS
  const end = row.finishedAt ?? at
  if (row.status === 'Unfilled') return { ...row, history: [entry(end, 'cannotSupply', row.reason)] }
  if (row.status === 'Cancelled') return row
  const accepted = entry(Math.min(at, end), 'accept')
  return { ...row, history: row.service === 'copy' ? [accepted, entry(end, 'fulfil')] : [accepted] }
}
