/** From requests, bags and manifests as the desk shows them to the data of each kind of paper. */
import { printDays } from '../../../db/queries/print-jobs.ts'
import type { PrintKind } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import { parseScan } from '../../domain/codes.ts'
import type { Core } from '../context.ts'
import { bagsOf } from '../courier/bags.ts'
import {
  addressOf,
  bagHead,
  bagOf,
  beijing,
  daysAfter,
  DELIVERY,
  dueOf,
  inShelfOrder,
  listed,
  manifestOf,
  nameOf,
  promiseOf,
  requestOf,
  sourceOf,
} from './slip-facts.ts'
import type { PrintNote, SlipData } from './templates/data.ts'

/** The foot of a slip of these objects: each has its own count of prints. */
export type NoteOf = (...ids: readonly string[]) => PrintNote

type Maker<K extends PrintKind> = (core: Core, ids: readonly string[], noteOf: NoteOf) => SlipData[K][]

/** Makes the data of each kind of paper from the objects it is printed for. */
export const MAKERS: { [K in PrintKind]: Maker<K> } = {
  pullSlip: (core, ids, noteOf) => {
    const requests = inShelfOrder(ids.map((id) => requestOf(core, id)))
    return requests.map((row, index) => ({
      ...noteOf(row.id),
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
      promiseAt: beijing(promiseOf(core, row) - 1, 'minute'),
      note: row.fields.readerNote,
      sheet: { n: index + 1, of: requests.length },
    }))
  },

  bookSlip: (core, ids, noteOf) =>
    ids.flatMap((id) => {
      const row = requestOf(core, id)
      const bound = row.volumes.filter((volume) => volume.barcode !== null)
      if (bound.length === 0) throw new DeskError('action_refused', { code: 'state' })
      return bound.map((volume) => ({
        ...noteOf(id),
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

  addressLabel: (core, ids, noteOf) =>
    ids.map((id) => {
      const bag = core.views.bag(id)?.row
      const partner = bag?.destination ?? requestOf(core, id).fields.partner
      return {
        ...noteOf(id),
        to: addressOf(core, partner),
        from: addressOf(core, core.desk().library.id),
        route: bag?.route ?? core.views.library(partner)?.route ?? '',
        code: bag?.code ?? id,
      }
    }),

  bagLabel: (core, ids, noteOf) =>
    ids.map((id) => {
      const bag = bagOf(core, id)
      return {
        ...noteOf(id),
        ...bagHead(core, bag),
        items: bag.items.length,
        manifest: bag.manifestId === null ? '' : (core.views.manifest(bag.manifestId)?.row.number ?? ''),
        date: beijing(core.now()),
      }
    }),

  contentsList: (core, ids, noteOf) =>
    ids.map((id) => {
      const bag = bagOf(core, id)
      return { ...noteOf(id), ...bagHead(core, bag), items: bag.items.map((item) => listed(core, item)) }
    }),

  manifest: (core, ids, noteOf) =>
    ids.map((id) => {
      const manifest = manifestOf(core, id)
      const bags = bagsOf(core, manifest)
      return {
        ...noteOf(id),
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

  blankManifest: (core, ids, noteOf) => {
    const forms: { number: string; bags: string[] }[] = []
    for (const id of ids) {
      const code = parseScan(id)
      if (code.kind === 'manifest') forms.push({ number: code.id, bags: [] })
      else if (code.kind === 'bag' && forms.length > 0) forms.at(-1)!.bags.push(code.id)
      else throw new DeskError('not_found', { id })
    }
    return forms.map((form) => ({ ...noteOf(form.number), ...form, from: core.desk().library.name }))
  },

  receipt: (core, ids, noteOf) => receipts(core, ids, noteOf),

  separatorSheet: (core, ids, noteOf) =>
    ids.map((id) => {
      const { id: requestNo, fields } = requestOf(core, id)
      const title = fields.articleTitle || fields.title
      return { ...noteOf(id), requestNo, title, partner: nameOf(core, fields.partner), pages: fields.pages }
    }),

  overdueNotice: (core, ids, noteOf) => overdueNotices(core, ids, noteOf),

  coverPage: (core, ids, noteOf) =>
    ids.map((id) => {
      const { id: requestNo, fields } = requestOf(core, id)
      return {
        ...noteOf(id),
        requestNo,
        title: fields.articleTitle || fields.title,
        author: fields.author,
        source: sourceOf(fields),
        pages: fields.pages,
        partner: nameOf(core, fields.partner),
        date: beijing(core.now()),
      }
    }),
}

/** One receipt for all: a hand-over of manifests, else what a reader takes or gives back. */
function receipts(core: Core, ids: readonly string[], noteOf: NoteOf): SlipData['receipt'][] {
  if (core.views.manifest(ids[0]!)) {
    return ids.map((id) => {
      const manifest = manifestOf(core, id)
      const items = bagsOf(core, manifest).map((bag) => ({
        requestNo: bag.code,
        title: `${nameOf(core, bag.destination)} · ${bag.items.length} 册 items · 封签 Seal ${bag.seal || '—'}`,
        dueDate: '',
      }))
      const handed = manifest.handedOver
      const at = handed ? `交接时间 Handed over ${beijing(handed.at, 'minute')}` : ''
      return { ...noteOf(id), what: 'handover', code: manifest.number, person: handed?.driver ?? '', items, note: at }
    })
  }
  const rows = ids.map((id) => requestOf(core, id))
  const back = rows.every(({ stage, status }) => stage === 'checked_in' || status === 'LoanCompleted')
  const items = rows.map((row) => ({
    requestNo: row.id,
    title: row.fields.title,
    dueDate: back ? '' : beijing(dueOf(core, row)),
  }))
  const codes = new Set(rows.map((row) => row.pickupCode ?? ''))
  const code = !back && codes.size === 1 ? [...codes][0]! : ''
  const words = back ? '图书已还清，谢谢。Returned with thanks.' : '请按期归还。Please return by the date shown.'
  return [{ ...noteOf(...ids), what: back ? 'return' : 'pickup', code, person: '', items, note: words }]
}

/** One letter for each borrowing library. A reminder on another day is the next reminder, not a reprint. */
function overdueNotices(core: Core, ids: readonly string[], noteOf: NoteOf): SlipData['overdueNotice'][] {
  const byLibrary = Map.groupBy(
    ids.map((id) => requestOf(core, id)).filter((row) => row.dueAt !== null),
    (row) => row.fields.partner,
  )
  if (byLibrary.size === 0) throw new DeskError('action_refused', { code: 'state' })
  return [...byLibrary].map(([partner, rows]) => {
    const before = printDays(core.db, rows.map(({ id }) => id), 'overdueNotice', beijing) // prettier-ignore
    const today = beijing(core.now())
    const ours = addressOf(core, core.desk().library.id)
    return {
      ...noteOf(),
      copyNo: (before.get(today) ?? 0) + 1,
      to: nameOf(core, partner),
      contact: addressOf(core, partner).contact,
      date: today,
      reminder: [...before.keys()].filter((day) => day !== today).length + 1,
      items: rows.flatMap((row) =>
        row.volumes
          .filter(({ place }) => place !== 'shelf' && place !== 'desk')
          .map((volume) => ({
            requestNo: row.id,
            title: [row.fields.title, volume.label].filter(Boolean).join(' '),
            barcode: volume.barcode ?? '',
            dueDate: beijing(row.dueAt),
            daysLate: daysAfter(row.dueAt!, core.now()),
          })),
      ),
      reply: [ours.department, ours.contact, ours.phone].filter(Boolean).join(' '),
    }
  })
}
