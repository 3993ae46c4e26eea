/** What slips tell of requests, bags and libraries, in the words and dates that stand on paper. */
import type { RequestView } from '../../../db/queries/views.ts'
import type { BagRow, ManifestRow } from '../../contract/centre.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import type { DeliveryMethod } from '../../contract/words.ts'
import { callNumberKey } from '../../domain/call-number.ts'
import { dueDate } from '../../domain/due-date.ts'
import type { Core } from '../context.ts'
import type { ListedItem, PostalAddress } from './templates/data.ts'

/** As it stands on paper: bilingual, like the forms themselves. */
export const DELIVERY: Record<DeliveryMethod, string> = {
  electronic: '电子传递 Electronic',
  courier: '物流配送 Courier',
  self: '自取自还 Pick-up',
}

/** Journal or book with year, volume and issue, as one line. */
export function sourceOf({ journal, title, year, volumeNo, issueNo, articleTitle }: RequestView['fields']): string {
  const issue = issueNo === '' ? volumeNo : `${volumeNo}(${issueNo})`
  const work = journal || (articleTitle === '' ? '' : title)
  return [work, year, issue].filter((part) => part !== '').join(', ')
}

const HOUR = 3_600_000

/** Whole days from one moment to the other on Beijing's calendar (UTC+8 all year); 0 when it is not later. */
export function daysAfter(from: number, to: number): number {
  const day = (at: number) => Math.floor((at + 8 * HOUR) / (24 * HOUR))
  return Math.max(0, day(to) - day(from))
}

/** Beijing's wall clock; `day` without the time. Empty for nothing. */
export function beijing(at: number | null, part: 'day' | 'minute' = 'day'): string {
  if (at === null) return ''
  const time = part === 'minute' ? ({ hour: '2-digit', minute: '2-digit' } as const) : {}
  const day = { year: 'numeric', month: '2-digit', day: '2-digit' } as const
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', ...day, ...time }).format(at)
}

/** By when this house promised an answer: the first instant too late, ms UTC. */
export const promiseOf = (core: Core, { appliedAt, service, urgent }: RequestView): number =>
  core.views.clock.deadline(appliedAt, service, urgent).at

export function requestOf(core: Core, id: string): RequestView {
  const row = core.views.request(id)?.row
  if (!row) throw new DeskError('not_found', { id })
  return row
}

export function bagOf(core: Core, id: string): BagRow {
  const row = core.views.bag(id)?.row
  if (!row) throw new DeskError('not_found', { id })
  return row
}

export function manifestOf(core: Core, id: string): ManifestRow {
  const row = core.views.manifest(id)?.row
  if (!row) throw new DeskError('not_found', { id })
  return row
}

export function bagHead(
  core: Core,
  bag: BagRow,
): { bag: string; seal: string; route: string; from: string; to: string } {
  return {
    bag: bag.code,
    seal: bag.seal,
    route: bag.route,
    from: nameOf(core, bag.owner),
    to: nameOf(core, bag.destination),
  }
}

export function nameOf(core: Core, library: string): string {
  return core.views.library(library)?.name ?? library
}

export function addressOf(core: Core, id: string): PostalAddress {
  const library = core.views.library(id)
  return {
    library: library?.name ?? id,
    department: '馆际互借 Interlibrary Loan',
    address: library?.address ?? '',
    postcode: '',
    contact: library?.contact ?? '',
    phone: '',
  }
}

/** A courier sees titles, never who reads them. */
export function listed(core: Core, item: BagRow['items'][number]): ListedItem {
  const fields = core.views.request(item.requestId)?.row.fields
  return {
    requestNo: item.requestId,
    title: item.title,
    volume: String(item.volume),
    callNumber: fields?.callNumber ?? '',
    barcode: item.barcode,
    reader: '',
  }
}

/** The return date the centre set, else the one that leaving today gives: 30 days without transport. */
export function dueOf(core: Core, row: RequestView): number {
  return row.dueAt ?? dueDate(core.now(), core.views.library(row.fields.partner)?.transportDays ?? 0)
}

export function inShelfOrder(rows: RequestView[]): RequestView[] {
  return [...rows].sort(
    (a, b) =>
      a.fields.location.localeCompare(b.fields.location, 'zh-CN') ||
      compareText(callNumberKey(a.fields.callNumber), callNumberKey(b.fields.callNumber)),
  )
}

/** Keys are compared by code unit, as they were made. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
