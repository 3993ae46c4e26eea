/** What stands on each paper, taken from the requests, bags and manifests as the desk shows them now. */
import { nextCopyNo } from '../../../db/queries/print-jobs.ts'
import type { RequestView } from '../../../db/queries/views.ts'
import type { BagRow } from '../../contract/centre.contract.ts'
import type { PrintKind } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import type { DeliveryMethod } from '../../contract/words.ts'
import { callNumberKey } from '../../domain/call-number.ts'
import { dueDate } from '../../domain/due-date.ts'
import type { Core } from '../context.ts'
import { bagsOf } from '../courier/bags.ts'
import type { ListedItem, PostalAddress, PrintNote, SlipData } from './templates/data.ts'

/** As it stands on paper: bilingual, like the forms themselves. */
const DELIVERY: Record<DeliveryMethod, string> = {
  electronic: '电子传递 Electronic',
  courier: '物流配送 Courier',
  self: '自取自还 Pick-up',
}

/** Beijing's wall clock; `day` without the time. Empty for nothing. */
function beijing(at: number | null, part: 'day' | 'minute' = 'day'): string {
  if (at === null) return ''
  const time = part === 'minute' ? ({ hour: '2-digit', minute: '2-digit' } as const) : {}
  const day = { year: 'numeric', month: '2-digit', day: '2-digit' } as const
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', ...day, ...time }).format(at)
}

/** Data of every paper of one print job, in the order it is printed: pull slips as one walks the shelves. */
export function slipData<K extends PrintKind>(core: Core, kind: K, objectIds: readonly string[]): SlipData[K][] {
  const copyNo = nextCopyNo(core.db, objectIds, kind)
  const note: PrintNote = {
    library: core.desk().library.name,
    printedAt: beijing(core.now(), 'minute'),
    staff: core.me()?.name ?? '',
    copyNo,
  }
  const made = makers[kind](core, objectIds, note)
  return made as SlipData[K][]
}

type Maker<K extends PrintKind> = (core: Core, ids: readonly string[], note: PrintNote) => SlipData[K][]

const makers: { [K in PrintKind]: Maker<K> } = {
  pullSlip: (core, ids, note) => {
    const requests = inShelfOrder(ids.map((id) => requestOf(core, id)))
    return requests.map((row, index) => ({
      ...note,
      requestNo: row.id,
      centreNo: row.fields.centreNo,
      service: row.service,
      urgent: row.urgent,
      title: row.fields.journal || row.fields.title,
      author: row.fields.author,
      part: row.service === 'copy' ? row.fields.articleTitle || (row.fields.journal ? row.fields.title : '') : '',
      year: row.fields.year,
      volume: row.fields.volumeNo,
      issue: row.fields.issueNo,
      pages: row.fields.pages,
      standardNo: row.fields.issn || row.fields.isbn,
      callNumber: row.fields.callNumber,
      location: row.fields.location,
      partner: nameOf(core, row.fields.partner),
      deliveryMethod: DELIVERY[row.fields.deliveryMethod],
      appliedAt: beijing(row.appliedAt, 'minute'),
      promiseAt: beijing(row.promiseAt, 'minute'),
      note: row.fields.readerNote,
      sheet: { n: index + 1, of: requests.length },
    }))
  },

  bookSlip: (core, ids, note) =>
    ids.flatMap((id) => {
      const row = requestOf(core, id)
      const bound = row.volumes.filter((volume) => volume.barcode !== null)
      if (bound.length === 0) throw new DeskError('action_refused', { code: 'state' })
      return bound.map((volume) => ({
        ...note,
        requestNo: row.id,
        title: row.fields.title,
        author: row.fields.author,
        volume: volume.label,
        year: row.fields.year,
        callNumber: row.fields.callNumber,
        barcode: volume.barcode!,
        partner: nameOf(core, row.fields.partner),
        reader: '',
        dueDate: beijing(dueOf(core, row)),
        deliveryMethod: DELIVERY[row.fields.deliveryMethod],
        conditions: '',
        returnTo: core.desk().library.name,
      }))
    }),

  addressLabel: (core, ids, note) =>
    ids.map((id) => {
      const bag = core.views.bag(id)?.row
      const partner = bag?.destination ?? requestOf(core, id).fields.partner
      return {
        ...note,
        to: addressOf(core, partner),
        from: addressOf(core, core.desk().library.id),
        route: bag?.route ?? core.views.library(partner)?.route ?? '',
        code: bag?.code ?? id,
      }
    }),

  bagLabel: (core, ids, note) =>
    ids.map((id) => {
      const bag = bagOf(core, id)
      return {
        ...note,
        ...bagHead(core, bag),
        items: bag.items.length,
        manifest: bag.manifestId === null ? '' : (core.views.manifest(bag.manifestId)?.row.number ?? ''),
        date: beijing(core.now()),
      }
    }),

  contentsList: (core, ids, note) =>
    ids.map((id) => {
      const bag = bagOf(core, id)
      return { ...note, ...bagHead(core, bag), items: bag.items.map((item) => listed(core, item)) }
    }),

  manifest: (core, ids, note) =>
    ids.map((id) => {
      const manifest = core.views.manifest(id)?.row
      if (!manifest) throw new DeskError('not_found', { id })
      const bags = bagsOf(core, manifest)
      return {
        ...note,
        number: manifest.number,
        date: beijing(manifest.closedAt ?? core.now()),
        route: manifest.run,
        courier: '',
        driver: manifest.handedOver?.driver ?? '',
        from: core.desk().library.name,
        bags: bags.map((bag) => ({
          bag: bag.code,
          seal: bag.seal,
          to: nameOf(core, bag.destination),
          items: bag.items.map((item) => listed(core, item)),
        })),
      }
    }),
}

function requestOf(core: Core, id: string): RequestView {
  const row = core.views.request(id)?.row
  if (!row) throw new DeskError('not_found', { id })
  return row
}

function bagOf(core: Core, id: string): BagRow {
  const row = core.views.bag(id)?.row
  if (!row) throw new DeskError('not_found', { id })
  return row
}

function bagHead(core: Core, bag: BagRow): { bag: string; seal: string; route: string; from: string; to: string } {
  return {
    bag: bag.code,
    seal: bag.seal,
    route: bag.route,
    from: nameOf(core, bag.owner),
    to: nameOf(core, bag.destination),
  }
}

function nameOf(core: Core, library: string): string {
  return core.views.library(library)?.name ?? library
}

function addressOf(core: Core, id: string): PostalAddress {
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
function listed(core: Core, item: BagRow['items'][number]): ListedItem {
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
function dueOf(core: Core, row: RequestView): number {
  return row.dueAt ?? dueDate(core.now(), core.views.library(row.fields.partner)?.transportDays ?? 0)
}

function inShelfOrder(rows: RequestView[]): RequestView[] {
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
