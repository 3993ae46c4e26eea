/** Levers of the rehearsal, on loopback only: new requests, cancels, complaints, the borrower, codes, clock, epoch. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import * as z from 'zod'
import { Id, LongText, ReasonUnfilled, Service, ShortText, Version } from '../../contract/words.ts'
import { actAs, askingSide, markOpened } from '../act.ts'
import type { Centre } from '../centre.ts'
import { devicesOf, makeEnrolCode, revokeDevice } from '../identity.ts'
import { readJson } from '../http/body.ts'
import { sendJson } from '../http/reply.ts'
import { HttpRefusal } from '../refusal.ts'
import { requestRow } from '../request-row.ts'
import { HOME, REHEARSAL_PASSWORD, STAFF, rehearsalCode } from '../seed/directory.ts'
import { requests } from '../seed/generator.ts'
import { answerOfApplicant, plantNotice, plantRegistration } from '../seed/registrations.ts'
import { plantRequests } from '../seed/plant.ts'
import { nextRequestNumber } from '../store/numbers.ts'
import { renewEpoch } from '../store/open.ts'
import { Workspace } from '../store/rows.ts'
import type { Borrower } from './borrower.ts'
import type { Supplier } from './supplier.ts'

const library = Id.default(HOME)
const Calls = {
  borrower: z.strictObject({
    action: z.enum(['receive', 'return', 'auto', 'manual']),
    library,
    requestId: Id.optional(),
    receiveAfterMs: z.int().min(0).optional(),
    returnAfterMs: z.int().min(0).optional(),
  }),
  request: z.strictObject({
    library,
    partner: Id.default('BUCT'),
    service: Service.default('copy'),
    title: ShortText.default('文献传递服务研究'),
    articleTitle: LongText.default(''),
    pages: ShortText.default(''),
    year: ShortText.default('2024'),
    callNumber: ShortText.default(''),
    journal: ShortText.default(''),
    issn: ShortText.default(''),
    isbn: ShortText.default(''),
    issueNo: ShortText.default(''),
    readerKey: ShortText.default(''),
    readerNote: LongText.default(''),
    readerCategory: ShortText.default(''),
    urgent: z.boolean().default(false),
    volumes: z.int().min(1).max(20).default(1),
    deliveryMethod: z.enum(['electronic', 'courier', 'self']).optional(),
  }),
  registration: z.strictObject({ library, name: ShortText, number: ShortText, category: ShortText.default('本科生') }),
  answer: z.strictObject({ library, id: Id, text: LongText }),
  notice: z.strictObject({
    library,
    kind: z.enum(['rules', 'closure', 'desk', 'other']).default('other'),
    desk: z.strictObject({ newest: Version, atLeast: Version.optional() }).optional(),
    title: ShortText,
    text: LongText.default(''),
  }),
  supplier: z.strictObject({
    library,
    requestId: Id,
    action: z.enum(['accept', 'supply', 'decline', 'takeBack']),
    reason: ReasonUnfilled.default('NotOnShelf'),
  }),
  many: z.strictObject({ library, count: z.int().min(1).max(100_000), seed: z.int().default(7) }),
  cancel: z.strictObject({ library, requestId: Id }),
  complain: z.strictObject({ library, requestId: Id, reason: LongText.default('有一页不清楚') }),
  renew: z.strictObject({ library, requestId: Id, until: z.int() }),
  opened: z.strictObject({ library, requestId: Id }),
  allot: z.strictObject({ block: z.int().min(0).max(500) }),
  'enrol-code': z.strictObject({ library }),
  /** One device, or all of a library's. */
  revoke: z.strictObject({ library, deviceId: Id.optional() }),
  clock: z.strictObject({ offsetMs: z.int() }),
  epoch: z.strictObject({}),
  row: z.strictObject({ library, type: z.string(), id: Id }),
  info: z.strictObject({}),
}
type Lever = keyof typeof Calls

/** The other libraries, as far as somebody must play them. */
export interface Players {
  borrower: Borrower
  supplier: Supplier
}

/** The asking library of a request of ours does something. */
function asAsking(centre: Centre, supplier: string, id: string, act: (asking: string) => ReturnType<typeof actAs>) {
  const asking = askingSide(centre.db, supplier, id, centre.clock.now())
  if (asking === null) throw new HttpRefusal(404, 'not_found')
  const { refusal, moved } = act(asking)
  centre.tell(moved)
  if (refusal) throw new HttpRefusal(409, refusal.code)
  return {}
}

function newRequest(centre: Centre, given: z.infer<(typeof Calls)['request']>) {
  const now = centre.clock.now()
  const partner = new Workspace(centre.db).find(given.library, 'library', given.partner)
  if (!partner) throw new HttpRefusal(404, 'not_found')
  const { id, centreNo } = centre.db.write(() => nextRequestNumber(centre.db, partner.row.code))
  const row = requestRow({
    id,
    service: given.service,
    appliedAt: now,
    urgent: given.urgent,
    labels: Array.from({ length: given.volumes }, (_, i) => (given.volumes > 1 ? String(i + 1) : '')),
    fields: {
      centreNo,
      partner: given.partner,
      title: given.title,
      articleTitle: given.articleTitle,
      pages: given.pages,
      year: given.year,
      callNumber: given.callNumber,
      journal: given.journal,
      issn: given.issn,
      isbn: given.isbn,
      issueNo: given.issueNo,
      readerKey: given.readerKey,
      readerNote: given.readerNote,
      readerCategory: given.readerCategory,
      ...(given.deliveryMethod ? { deliveryMethod: given.deliveryMethod } : {}),
    },
  })
  plantRequests(centre.db, given.library, [row], true)
  centre.tell([given.library, given.partner])
  return { requestId: id }
}

async function playSupplier(supplier: Supplier, given: z.infer<(typeof Calls)['supplier']>) {
  const { library: asking, requestId, action, reason } = given
  const done =
    action === 'supply'
      ? await supplier.supply(asking, requestId)
      : action === 'decline'
        ? supplier.decline(asking, requestId, reason)
        : supplier[action](asking, requestId)
  if (!done) throw new HttpRefusal(409, 'state')
  return {}
}

function pull(
  centre: Centre,
  { borrower, supplier }: Players,
  lever: Lever,
  body: unknown,
): Record<string, unknown> | Promise<Record<string, unknown>> {
  const { db, clock } = centre
  switch (lever) {
    case 'borrower': {
      const { action, library: supplier, requestId, receiveAfterMs, returnAfterMs } = Calls.borrower.parse(body)
      if (action === 'manual') borrower.pace = { receiveAfterMs: null, returnAfterMs: null }
      else if (action === 'auto')
        borrower.pace = { receiveAfterMs: receiveAfterMs ?? 3000, returnAfterMs: returnAfterMs ?? 6000 }
      else {
        if (requestId === undefined) throw new HttpRefusal(400, 'bad_body', { message: 'requestId' })
        const done =
          action === 'receive' ? borrower.receive(supplier, requestId) : borrower.sendBack(supplier, requestId)
        if (!done) throw new HttpRefusal(409, 'state')
      }
      return { pace: borrower.pace }
    }
    case 'request':
      return newRequest(centre, Calls.request.parse(body))
    case 'supplier':
      return playSupplier(supplier, Calls.supplier.parse(body))
    case 'registration': {
      const { library: to, ...reader } = Calls.registration.parse(body)
      const id = plantRegistration(db, to, reader, clock.now())
      centre.tell([to])
      return { id }
    }
    case 'answer': {
      const { library: to, id, text } = Calls.answer.parse(body)
      if (!answerOfApplicant(db, to, id, text, clock.now())) throw new HttpRefusal(409, 'state')
      centre.tell([to])
      return {}
    }
    case 'notice': {
      const { library: to, desk = null, ...notice } = Calls.notice.parse(body)
      plantNotice(db, to, { ...notice, desk }, clock.now())
      centre.tell([to])
      return {}
    }
    case 'many': {
      const { library: to, count, seed } = Calls.many.parse(body)
      const rows = [...requests(to, count, seed, clock.now())].map((row) => {
        const numbers = nextRequestNumber(db, row.id.slice(0, 2))
        return { ...row, id: numbers.id, fields: { ...row.fields, centreNo: numbers.centreNo } }
      })
      plantRequests(db, to, rows, false)
      centre.tell([to])
      return { count: rows.length }
    }
    case 'cancel': {
      const { library: supplier, requestId } = Calls.cancel.parse(body)
      return asAsking(centre, supplier, requestId, (l) => actAs(db, l, 'requestCancel', requestId, {}, clock.now()))
    }
    case 'complain': {
      const { library: supplier, requestId, reason } = Calls.complain.parse(body)
      return asAsking(centre, supplier, requestId, (l) => actAs(db, l, 'complain', requestId, { reason }, clock.now()))
    }
    case 'renew': {
      const { library: supplier, requestId, until } = Calls.renew.parse(body)
      return asAsking(centre, supplier, requestId, (l) => actAs(db, l, 'renewAsk', requestId, { until }, clock.now()))
    }
    case 'opened': {
      const { library: supplier, requestId } = Calls.opened.parse(body)
      centre.tell(markOpened(db, supplier, requestId, clock.now()))
      return {}
    }
    case 'allot':
      centre.allotBlock = Calls.allot.parse(body).block
      centre.leasesSeen.clear()
      return {}
    case 'enrol-code':
      return { code: makeEnrolCode(db, Calls['enrol-code'].parse(body).library, clock.now()) }
    case 'revoke': {
      const { library: whose, deviceId } = Calls.revoke.parse(body)
      const devices = deviceId ? [deviceId] : devicesOf(db, whose)
      for (const device of devices) revokeDevice(db, device, clock.now())
      return {}
    }
    case 'clock':
      clock.setOffset(Calls.clock.parse(body).offsetMs)
      void centre.tick()
      return { now: clock.now() }
    case 'epoch':
      renewEpoch(db)
      return {}
    case 'row': {
      const { library: of, type, id } = Calls.row.parse(body)
      const found = db
        .sql<{ body: string }>('SELECT body FROM entity WHERE library = ? AND type = ? AND id = ?')
        .get(of, type, id)
      if (!found) throw new HttpRefusal(404, 'not_found')
      return { row: JSON.parse(found.body) as unknown }
    }
    case 'info':
      return {
        library: HOME,
        enrolCode: rehearsalCode(HOME),
        password: REHEARSAL_PASSWORD,
        staff: STAFF.map(({ key, name, role }) => ({ id: `${HOME.toLowerCase()}-${key}`, name, role })),
      }
  }
}

/** `POST /rehearsal/<lever>` with a JSON body. */
export async function serveRehearsal(
  centre: Centre,
  players: Players,
  req: IncomingMessage,
  res: ServerResponse,
  url: URL,
): Promise<void> {
  const name = url.pathname.slice('/rehearsal/'.length)
  if (!Object.hasOwn(Calls, name)) throw new HttpRefusal(404, 'not_found')
  if (req.method !== 'POST') throw new HttpRefusal(405, 'method_not_allowed')
  const lever = name as Lever
  const body = await readJson(req, Calls[lever])
  await sendJson(req, res, 200, centre.stamp(), await pull(centre, players, lever, body))
}
