/** Checks of the asking side: requests filed and followed, documents read by their link, applicants, notices, trainings. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { ENTITY_SCHEMAS, type EntityType } from '../../../contract/centre.contract.ts'
import type { OpArgsOf } from '../../../contract/ops.contract.ts'
import type { RowOf } from '../../store/rows.ts'
import type { WireDesk } from '../client.ts'
import type { Desks } from '../desks.ts'
import { outcomes, Skipped, some, type Check } from './check.ts'

const COPY = { service: 'copy', title: '万历十五年', year: '2014', callNumber: '', deliveryMethod: 'electronic', readerKey: 'r' } as const // prettier-ignore
const LOAN = { ...COPY, service: 'loan', callNumber: 'K248.307/4', deliveryMethod: 'courier' } as const

/** The other library asks ours for something. @returns its number */
async function ask({ one, foreign }: Desks, work: typeof COPY | typeof LOAN): Promise<string> {
  const [filed] = await foreign.push([foreign.op('requestCreate', randomUUID(), { ...work, supplier: one.library })])
  assert.equal(filed!.outcome, 'applied')
  return filed!.row!.id
}

async function deliver(one: WireDesk, id: string, kind: 'fulfil' | 'resend' = 'fulfil') {
  const bytes = some(3000)
  const args = { blobs: [await one.upload(bytes)], pages: 1, bytes: bytes.length }
  assert.deepEqual(outcomes(await one.push([one.op(kind, id, args)])), ['applied'])
  return bytes
}

async function rowOf<T extends EntityType>(desk: WireDesk, type: T, id: string): Promise<RowOf<T>> {
  return ENTITY_SCHEMAS[type].parse(await desk.row(type, id)) as RowOf<T>
}

/** An open row of this kind that the centre has for our library. */
async function openRow(desk: WireDesk, type: 'registration' | 'notice'): Promise<string> {
  const rows = (await desk.feed()).rows.filter((row) => row.type === type && !row.gone)
  const found = rows.find((row) => (type === 'notice' ? !('readAt' in row && row.readAt) : 'state' in row && row.state === 'open')) // prettier-ignore
  if (!found) throw new Skipped(`the centre has no open ${type} for this library`)
  return found.id
}

const says = async (desk: WireDesk, kind: 'chase' | 'requestCancel' | 'claim', id: string) =>
  outcomes(await desk.push([desk.op(kind, id, {} as OpArgsOf<typeof kind>)]))

export const ASKING: readonly Check[] = [
  {
    rule: 'requestCreate',
    claim: 'what a library asks for stands at both; what lacks a required field is refused with its name',
    run: async (desks) => {
      const { one, foreign } = desks
      const id = await ask(desks, LOAN)
      const [mine, theirs] = [await foreign.request(id), await one.request(id)]
      assert.deepEqual([mine.role, theirs.role], ['requester', 'supplier'])
      assert.deepEqual([mine.fields.partner, theirs.fields.partner], [one.library, foreign.library])
      const wrong = { ...LOAN, callNumber: ' ', supplier: one.library }
      const [refused] = await foreign.push([foreign.op('requestCreate', randomUUID(), wrong)])
      assert.equal(refused!.code, 'invalid')
      assert.match(String(refused!.info?.fields), /callNumber/)
    },
  },
  {
    rule: 'requestCancel',
    claim: 'an unanswered request is withdrawn at once, an accepted one is asked about; the supplier withdraws nothing',
    run: async (desks) => {
      const { one, foreign } = desks
      const [fresh, taken] = [await ask(desks, LOAN), await ask(desks, LOAN)]
      await one.push([one.op('accept', taken, {})])
      assert.deepEqual(await says(one, 'requestCancel', fresh), ['state'])
      assert.deepEqual(await says(foreign, 'requestCancel', fresh), ['applied'])
      assert.deepEqual(await says(foreign, 'requestCancel', taken), ['applied'])
      assert.equal((await one.request(fresh)).status, 'Cancelled')
      const asked = await one.request(taken)
      assert.deepEqual([asked.status, asked.cancelAsked], ['WillSupply', true])
      assert.deepEqual(await says(foreign, 'requestCancel', fresh), ['state'])
    },
  },
  {
    rule: 'chase',
    claim: 'the supplier sees that it is pressed for, until it has answered; what is answered is not pressed for',
    run: async (desks) => {
      const { one, foreign } = desks
      const id = await ask(desks, COPY)
      await foreign.push([foreign.op('chase', id, { text: '急用' })])
      assert.equal((await one.request(id)).chased?.text, '急用')
      await deliver(one, id)
      assert.equal((await one.request(id)).chased ?? null, null)
      assert.deepEqual(await says(foreign, 'chase', id), ['state'])
    },
  },
  {
    rule: 'complain',
    claim: 'a delivered copy may be complained about, which alone lets it be sent again',
    run: async (desks) => {
      const { one, foreign } = desks
      const id = await ask(desks, COPY)
      const complaint = () => foreign.op('complain', id, { reason: '缺页' })
      assert.deepEqual(outcomes(await foreign.push([complaint()])), ['state'])
      await deliver(one, id)
      const again = one.op('resend', id, { blobs: ['e'.repeat(64)], pages: 1, bytes: 1 })
      assert.deepEqual(outcomes(await one.push([again])), ['not_asked'])
      assert.deepEqual(outcomes(await foreign.push([complaint()])), ['applied'])
      assert.equal((await one.request(id)).complaint, '缺页')
      await deliver(one, id, 'resend')
      assert.equal((await foreign.request(id)).complaint, null)
    },
  },
  {
    rule: 'delivery link',
    claim: 'whoever has the link of a delivered copy reads it, nobody else; both libraries learn that it was opened',
    run: async (desks) => {
      const { one, foreign } = desks
      const id = await ask(desks, COPY)
      const bytes = await deliver(one, id)
      const delivery = (await foreign.request(id)).delivery!
      assert.ok(delivery.expiresAt > Date.now())
      const read = async (link: string) => {
        const answer = await fetch(new URL(link, one.url), { redirect: 'manual' })
        return { status: answer.status, bytes: new Uint8Array(await answer.arrayBuffer()) }
      }
      const last = delivery.link.at(-1) === 'A' ? 'B' : 'A'
      assert.equal((await read(delivery.link.slice(0, -1) + last)).status, 404)
      assert.equal((await foreign.request(id)).delivery!.openedAt, null)
      assert.deepEqual(Buffer.from((await read(delivery.link)).bytes), Buffer.from(bytes))
      for (const desk of [one, foreign]) assert.ok((await desk.request(id)).delivery!.openedAt)
    },
  },
  {
    rule: 'notifyReader',
    claim: 'a reader is told of what is there, and of nothing that is not',
    run: async (desks) => {
      const { one, foreign } = desks
      const id = await ask(desks, COPY)
      const tell = async (desk: WireDesk) => outcomes(await desk.push([desk.op('notifyReader', id, { place: '' })]))
      assert.deepEqual(await tell(foreign), ['state'])
      await deliver(one, id)
      assert.deepEqual(await tell(one), ['state'])
      assert.deepEqual(await tell(foreign), ['applied'])
      assert.ok((await foreign.request(id)).notified)
      assert.equal((await one.request(id)).notified ?? null, null)
    },
  },
  {
    rule: 'registration',
    claim: 'an applicant is asked back once, the question can be taken back, and a decision stands',
    run: async ({ one, two }) => {
      const id = await openRow(one, 'registration')
      const question = { text: '请补充院系' }
      const asked = [one.op('askApplicant', id, question), one.op('askApplicant', id, question)]
      assert.deepEqual(outcomes(await one.push(asked)), ['applied', 'state'])
      const { state, question: stands } = await rowOf(two, 'registration', id)
      assert.deepEqual([state, stands?.text], ['asked', question.text])
      assert.deepEqual(outcomes(await two.push([two.op('withdrawQuestion', id, {})])), ['applied'])
      const decided = [one.op('approveReader', id, {}), one.op('refuseReader', id, { reason: '学号无效' })]
      assert.deepEqual(outcomes(await one.push(decided)), ['applied', 'state'])
      assert.equal((await rowOf(two, 'registration', id)).state, 'approved')
    },
  },
  {
    rule: 'notice',
    claim: 'a notice that was read is read for every desk of the library, since the first time',
    run: async ({ one, two }) => {
      const id = await openRow(one, 'notice')
      await one.push([one.op('noticeRead', id, {})])
      const { readAt } = await rowOf(two, 'notice', id)
      assert.ok(readAt)
      await two.push([two.op('noticeRead', id, {})])
      assert.equal((await rowOf(one, 'notice', id)).readAt, readAt)
    },
  },
  {
    rule: 'training',
    claim: 'a training stands with what it left behind for every desk, until it is taken back',
    run: async ({ one, two }) => {
      const id = randomUUID()
      const papers = [{ kind: 'exam' as const, title: '小测', count: 28 }]
      const held = { date: Date.now(), staff: [], kind: '讲座', attendees: 30, papers }
      await one.push([one.op('trainingHeld', id, held)])
      const row = await rowOf(two, 'training', id)
      assert.deepEqual([row.attendees, row.papers], [30, papers])
      assert.deepEqual(outcomes(await two.push([two.op('trainingDropped', id, {})])), ['applied'])
      assert.ok((await one.row('training', id))?.gone, 'a tombstone')
    },
  },
  {
    rule: 'voidManifest',
    claim: 'a manifest opened for nothing is void; one with a bag on it is not',
    run: async ({ one, foreign }) => {
      const [empty, full, bag] = [randomUUID(), randomUUID(), randomUUID()]
      const results = await one.push([
        one.op('openManifest', empty, { number: `M-${empty.slice(0, 8)}`, run: '' }),
        one.op('openManifest', full, { number: `M-${full.slice(0, 8)}`, run: '' }),
        one.op('openBag', bag, { code: `B-${bag.slice(0, 8)}`, destination: foreign.library, route: '' }),
        one.op('moveBag', bag, { manifestId: full }),
        one.op('voidManifest', full, {}),
        one.op('voidManifest', empty, {}),
      ])
      assert.deepEqual(outcomes(results), [...Array.from({ length: 4 }, () => 'applied'), 'state', 'applied'])
      assert.equal((await rowOf(one, 'manifest', empty)).state, 'void')
    },
  },
]
