/**
 * One history: random actions at two or three desks, a line that loses, doubles, delays and reorders, crashes between any
 * two steps and at every fault point, the asking library, time, new epochs. Then everything heals and the invariants of
 * the sync design (I1-I13) must hold.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import type { BagRow, RequestRow } from '../../electron/contract/centre.contract.ts'
import { FACT_KINDS, type OpKind } from '../../electron/contract/ops.contract.ts'
import type { Mutant } from '../../electron/centre/mutants.ts'
import { FAULT_POINTS, onFaultPoint, type FaultPoint } from '../../electron/core/fault-point.ts'
import { LinkError } from '../../electron/core/sync/link.ts'
import { COPIES, LIBRARY, LOANS, ModelCentre, PARTNER } from './model-centre.ts'
import { Died, DOCUMENT_HASHES, Late, ModelDesk, unexpected, type DeskMutant } from './model-desk.ts'
import { Network } from './network.ts'

/** Thousands of small databases are written; nothing here is about the disk. */
const MEMORY = '/dev/shm'
const HOUR = 3_600_000
const BEGIN = Date.UTC(2026, 2, 11, 2)
const NAMES = ['desk-1', 'desk-2', 'desk-3']

/** What happens next: a kind of step and three numbers it may use as it likes. */
export interface Step {
  do: keyof typeof WEIGHTS
  a: number
  b: number
  c: number
}
const WEIGHTS = {
  act: 14,
  cycle: 8,
  advance: 22,
  /** A whole cycle of one desk without trouble. */
  finish: 5,
  lose: 4,
  double: 2,
  crash: 2,
  crashAt: 2,
  latePage: 2,
  time: 2,
  partner: 2,
  takeBack: 1,
  hold: 1,
  breakUploads: 1,
  corrupt: 1,
  /** The centre forgets verified bytes, as one does that was put back from a backup. */
  loseBlobs: 2,
  epoch: 1,
  /** A backup of the centre is made; put back later, with all that desks were told since then lost there. */
  backup: 1,
  restore: 1,
  /** The desk believes it is offline or not: what it does offline is asked about when it would be refused. */
  offline: 1,
  decide: 2,
} as const

const number = fc.nat(9999)
const step: fc.Arbitrary<Step> = fc.record({
  do: fc.oneof(
    ...Object.entries(WEIGHTS).map(([name, weight]) => ({ arbitrary: fc.constant(name as Step['do']), weight })),
  ),
  a: number,
  b: number,
  c: number,
})

/** What every desk had after the last step: cursor and versions, which only grow (I5). */
type Seen = Map<ModelDesk, { cursor: number; versions: Map<string, number> }>

/** One step as fast-check runs it: taken, then looked at. */
class Taken implements fc.AsyncCommand<Seen, SyncModel> {
  private readonly step: Step
  constructor(step: Step) {
    this.step = step
  }
  check(): boolean {
    return true
  }
  run(seen: Seen, model: SyncModel): Promise<void> {
    return model.step(this.step, seen)
  }
  toString(): string {
    return JSON.stringify(this.step)
  }
}
export type History = Iterable<fc.AsyncCommand<Seen, SyncModel>>
/** @param maxCommands longest history */
export const histories = (maxCommands = 70): fc.Arbitrary<History> =>
  fc.commands([step.map((one) => new Taken(one))], { maxCommands, size: 'max' })
/** A history written down by hand: what was once found stays tested. */
export const historyOf = (steps: readonly Step[]): History => steps.map((one) => new Taken(one))

const uuid = (desk: number, n: number) => `00000000-0000-4000-8000-0000000${desk}000${n}`
const pick = <T>(list: readonly T[], n: number): T => list[n % list.length]!

/** An action that staff might do, chosen by two numbers. The note makes every effect recognisable. */
function actionOf(desk: number, b: number, c: number, serial: number): [OpKind, string, object] {
  const copy = pick(COPIES, c)
  const loan = pick(LOANS, c)
  const any = pick([...COPIES, ...LOANS], c)
  const bag = uuid(desk, c % 2)
  const manifest = uuid(desk, 5)
  const item = { requestId: loan, volume: 1 }
  const document = pick(DOCUMENT_HASHES, c >> 3)
  const delivery = { blobs: [document], pages: 3, bytes: 10 }
  const signature = { strokes: [] }
  return pick<[OpKind, string, object]>(
    [
      ['note', any, { text: `${desk}:${serial}` }],
      ['note', any, { text: `${desk}:${serial}` }],
      ['claim', any, {}],
      ['release', any, {}],
      ['takeOver', any, {}],
      ['accept', any, {}],
      ['accept', loan, {}],
      ['unaccept', any, {}],
      ['setField', any, { field: 'location', value: `${desk}:${serial}` }],
      ['scanned', copy, { pages: 1 }],
      ['fulfil', copy, delivery],
      ['fulfil', copy, delivery],
      ['resend', copy, delivery],
      ['cannotSupply', any, { reason: 'NotOnShelf' }],
      ['forward', any, { reason: 'NotHeld' }],
      ['answerCancel', any, { yes: c % 3 > 0 }],
      ['bindItem', loan, { volume: 1, barcode: `B${c % 2}` }],
      ['bindItem', loan, { volume: 1, barcode: `B${c % 2}` }],
      ['unbindItem', loan, { volume: 1 }],
      ['openBag', bag, { code: `B-RUC-${desk}-${c % 2}`, destination: PARTNER, route: '北线' }],
      ['pack', loan, { item, bagId: bag }],
      ['pack', loan, { item, bagId: uuid(1 + (c % 2), 0) }],
      ['unpack', loan, { item, bagId: bag }],
      ['closeBag', bag, { seal: `S${serial}` }],
      ['reopenBag', bag, {}],
      ['openManifest', manifest, { number: `M-RUC-${desk}-2026-1`, run: '上午' }],
      ['moveBag', bag, { manifestId: manifest }],
      ['closeManifest', manifest, { bagIds: [bag] }],
      ['handedOver', manifest, { driver: '张师傅', signature, digest: 'd'.repeat(64) }],
      ['checkedIn', loan, { volume: 1, condition: 'good' }],
    ],
    b,
  )
}

export class Violation extends Error {}
function must(holds: boolean, what: string): void {
  if (!holds) throw new Violation(what)
}
const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

export class SyncModel {
  private readonly dir = mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), 'sync-model-'))
  private readonly network = new Network()
  private readonly centre = new ModelCentre(join(this.dir, 'centre'))
  private readonly all = NAMES.map(
    (name) => new ModelDesk(name, join(this.dir, `${name}.db`), this.centre, this.network),
  )
  private desks: ModelDesk[] = []
  /** Whose code runs now, and where it is to die. */
  private current = ''
  private armed: { desk: string; point: FaultPoint } | null = null
  private serial = 0
  private wentBack = false

  end(): void {
    onFaultPoint(undefined)
    for (const desk of this.all) desk.db.close()
    this.centre.db.close()
    rmSync(this.dir, { recursive: true, force: true })
  }

  /** @throws Violation naming the invariant that did not hold */
  async run(history: History, deskCount: number, mutants: { centre?: Mutant; desk?: DeskMutant } = {}): Promise<void> {
    await this.begin(deskCount, mutants)
    await fc.asyncModelRun(() => ({ model: new Map() as Seen, real: this }), history)
    await this.heal()
    this.check()
  }

  /** Two cycles of every desk and some actions, all at once, in the order that the scheduler finds. */
  async runScheduled(
    scheduler: fc.Scheduler,
    acts: readonly { desk: number; b: number; c: number }[],
    deskCount: number,
  ): Promise<void> {
    await this.begin(deskCount)
    this.network.scheduler = scheduler
    const syncing = this.desks.flatMap((desk) => [desk.engine.cycle(), desk.engine.cycle()])
    const twice = this.desks.map(async (desk) => {
      await scheduler.schedule(Promise.resolve(), `${desk.name} cycle`)
      await desk.engine.cycle()
    })
    scheduler.scheduleSequence(
      acts.map(({ desk, b, c }) => ({
        label: `act ${desk} ${b} ${c}`,
        builder: () => Promise.resolve(this.take({ do: 'act', a: desk, b, c })),
      })),
    )
    await scheduler.waitIdle()
    await Promise.all([...syncing, ...twice])
    this.network.scheduler = null
    await this.heal()
    this.check()
  }

  /** Fresh desks that have read the feed, at a fresh centre. */
  async begin(deskCount: number, mutants: { centre?: Mutant; desk?: DeskMutant } = {}): Promise<void> {
    this.network.flights.length = 0
    unexpected.length = 0
    this.armed = null
    this.serial = 0
    this.wentBack = false
    this.centre.mutants = new Set(mutants.centre ? [mutants.centre] : [])
    this.desks = this.all.slice(0, deskCount)
    this.centre.reset(BEGIN, NAMES.slice(0, deskCount))
    onFaultPoint((name) => {
      if (name === 'before-swap-commit') this.outboxUntouched()
      if (this.armed?.point !== name || this.armed.desk !== this.current) return
      this.armed = null
      this.desks.find((desk) => desk.name === this.current)!.kill()
      throw new Died()
    })
    for (const desk of this.desks) {
      desk.mutant = mutants.desk ?? null
      desk.reset()
    }
    for (const desk of this.desks) await this.finish(desk)
  }

  async step(step: Step, seen: Seen): Promise<void> {
    await this.take(step)
    // A centre put back from a backup has older rows, and desks rightly follow it.
    if (step.do === 'restore') this.wentBack = true
    await turn()
    for (const desk of this.desks) if (!desk.up) desk.boot()
    if (!this.wentBack) this.neverBack(seen)
    if (unexpected.length > 0) throw unexpected[0]
  }

  // ---- steps

  private take({ do: what, a, b, c }: Step): void | Promise<void> {
    const desk = pick(this.desks, a)
    const { network, centre } = this
    const flight = network.flights.length === 0 ? -1 : b % network.flights.length
    this.current = desk.name
    switch (what) {
      case 'act':
        return this.survive(() => {
          const who = this.desks.indexOf(desk) + 1
          const [kind, id, args] = actionOf(who, b, c, ++this.serial)
          desk.act(kind, id, args)
          // What comes after a delivery must not overtake it.
          if (kind === 'fulfil') desk.act('note', id, { text: `${who}:${++this.serial}` })
        })
      case 'cycle':
        return this.cycle(desk)
      case 'advance':
        return this.advance(b, 1 + (c % 4))
      case 'finish':
        return this.finish(desk, c % 2 === 0)
      case 'lose':
        return flight >= 0 ? network.lose(flight) : undefined
      case 'double':
        return flight >= 0 ? network.double(flight) : undefined
      case 'crash':
        return this.crash(desk)
      case 'crashAt':
        this.armed = { desk: desk.name, point: pick(FAULT_POINTS, b) }
        return
      case 'latePage': {
        const late = desk.latePages[b % Math.max(1, desk.latePages.length)]
        if (late && desk.engine instanceof Late) void desk.engine.late(late.page, late.cursor).catch(keep)
        return
      }
      case 'time':
        centre.now += pick([1000, 60_000, 25 * HOUR], b)
        return
      case 'partner':
        return centre.partner(
          pick(['requestCancel', 'complain', 'received', 'shippedBack'] as const, b),
          pick([...COPIES, ...LOANS], c),
        )
      case 'takeBack':
        return desk.takeBack()
      case 'hold':
        desk.holdMs = desk.holdMs === 0 ? 8000 : 0
        return
      case 'breakUploads':
        desk.part = desk.part === 1 ? 0.5 : 1
        return
      case 'corrupt':
        return centre.corrupt()
      case 'loseBlobs':
        return centre.loseBlobs()
      case 'epoch':
        return centre.newEpoch()
      case 'backup':
        return centre.backup()
      case 'restore':
        return centre.restore()
      case 'offline':
        desk.online = !desk.online
        return
      case 'decide':
        desk.decide(b)
        return
    }
  }

  /** A few messages arrive, in whatever order. */
  private async advance(from: number, count: number): Promise<void> {
    for (let i = 0; i < count && this.network.flights.length > 0; i++) {
      const index = (from + i * 7) % this.network.flights.length
      this.current = this.network.flights[index]!.desk
      this.network.advance(index)
      await turn()
    }
  }

  /** @param doubled what it pushes arrives once more, some time later */
  private async finish(desk: ModelDesk, doubled = false): Promise<void> {
    this.current = desk.name
    this.cycle(desk)
    await turn()
    for (let at = 0; at >= 0 && desk.up;) {
      at = this.network.flights.findIndex((flight) => flight.desk === desk.name)
      if (doubled && this.network.flights[at]?.what === 'push') this.network.double(at)
      if (at >= 0) this.network.advance(at)
      await turn()
    }
  }

  private survive(body: () => void): void {
    try {
      body()
    } catch (error) {
      if (!(error instanceof Died)) throw error
    }
  }

  private cycle(desk: ModelDesk): void {
    this.survive(() => void desk.engine.cycle().catch(keep))
  }

  /** Between two steps: what is shown after the restart is what was shown before (I8). */
  private crash(desk: ModelDesk): void {
    const before = this.shown(desk)
    desk.kill()
    desk.boot()
    must(this.shown(desk) === before, 'I8 the view after restart equals the view before')
  }

  private shown(desk: ModelDesk): string {
    const ids = [...COPIES, ...LOANS]
    const bags = [1, 2, 3].flatMap((n) => [uuid(n, 0), uuid(n, 1)])
    return JSON.stringify([
      ids.map((id) => desk.views.request(id)?.row),
      bags.map((id) => desk.views.bag(id)?.row),
      [1, 2, 3].map((n) => desk.views.manifest(uuid(n, 5))?.row),
      desk.db.sql('SELECT * FROM queue_row ORDER BY rid').all(),
    ])
  }

  /** I5 after every step. */
  private neverBack(seen: Seen): void {
    for (const desk of this.desks) {
      const cursor = desk.cursorSeq()
      const versions = new Map<string, number>()
      for (const table of ['base', 'gone'])
        for (const row of desk.db
          .sql<{ type: string; id: string; version: number }>(`SELECT type, id, version FROM ${table}`)
          .all())
          versions.set(`${row.type}/${row.id}`, Math.max(row.version, versions.get(`${row.type}/${row.id}`) ?? 0))
      const before = seen.get(desk)
      if (before) {
        must(cursor >= before.cursor, 'I5 the cursor never goes back')
        for (const [key, version] of before.versions)
          must((versions.get(key) ?? 0) >= version, `I5 the version of ${key} never goes back`)
      }
      seen.set(desk, { cursor, versions })
    }
  }

  // ---- healing

  private async heal(): Promise<void> {
    this.armed = null
    for (const desk of this.desks) {
      desk.part = 1
      desk.holdMs = 0
      desk.online = true
    }
    await this.settle()
    // Doubled calls that come when everything was acknowledged and forgotten must still do nothing.
    for (const desk of this.desks) desk.act('note', COPIES[0]!, { text: `${desk.name}:last` })
    await this.settle()
    for (const flight of this.network.flights.splice(0)) if (flight.what === 'push') swallow(flight.serve)
    await this.settle()
  }

  /** Cycles without trouble until every desk has sent everything and holds what the centre holds. */
  private async settle(): Promise<void> {
    for (let round = 0; round < 30; round++) {
      this.centre.now += 10_000
      for (const desk of this.desks) {
        await this.finish(desk)
        // The first rounds may only end what the last step had begun.
        if (round > 2) this.waitsForReason(desk)
        for (let left = true; left;) left = desk.decide(round)
      }
      if (unexpected.length > 0) throw unexpected[0]
      if (round > 0 && this.desks.every((desk) => this.healed(desk))) return
    }
  }

  /** I9 after a cycle without trouble: what still waits has a reason of its own, or follows something unsettled on an object it touches. */
  private waitsForReason(desk: ModelDesk): void {
    if (!desk.up || this.network.flights.some((flight) => flight.desk === desk.name)) return
    const idle = desk.db
      .sql<{ kind: string; object_id: string }>(
        `SELECT kind, object_id FROM outbox o WHERE state IN ('queued','sending') AND review IS NOT 'asked'
           AND NOT EXISTS (SELECT 1 FROM outbox_touch mine JOIN outbox_touch t ON t.object_id = mine.object_id
                           JOIN outbox p ON p.place = t.place AND p.place < o.place WHERE mine.place = o.place
                             AND p.state IN ('held','queued','waiting_blob','sending','parked'))
           AND NOT EXISTS (SELECT 1 FROM outbox_blob b WHERE b.place = o.place)`,
      )
      .all()
    must(idle.length === 0, `I9 nothing waits for another object: ${JSON.stringify(idle)}`)
  }

  /** I12, asked inside the transaction that swaps the shadow in. */
  private outboxUntouched(): void {
    const desk = this.desks.find((one) => one.name === this.current)
    if (desk) must(desk.outboxBefore() === desk.outbox(), 'I12 reading the feed anew leaves the outbox as it was')
  }

  private healed(desk: ModelDesk): boolean {
    const open = desk.db.sql(`SELECT 1 FROM outbox WHERE state NOT IN ('applied','rejected','withdrawn') LIMIT 1`).get()
    return open === undefined && this.difference(desk) === null
  }

  /** First row in which a desk's base is not the centre's. */
  private difference(desk: ModelDesk): string | null {
    const ours = new Map(
      desk.db
        .sql<{ type: string; id: string; version: number }>('SELECT type, id, version FROM base')
        .all()
        .map((row) => [`${row.type}/${row.id}`, row.version]),
    )
    for (const { key, version, gone } of this.centre.versions()) {
      if (ours.get(key) !== (gone ? undefined : version)) return key
      ours.delete(key)
    }
    return ours.size > 0 ? [...ours.keys()][0]! : null
  }

  // ---- invariants after healing

  private check(): void {
    for (const desk of this.desks) {
      must(this.difference(desk) === null, `I4 base of ${desk.name} equals the centre's rows: ${this.difference(desk)}`)
      this.checkOutbox(desk)
      const shown = this.shown(desk)
      desk.views.rebuild()
      must(this.shown(desk) === shown, 'the materialised queue is what a rebuild makes of base and outbox')
    }
    this.checkEffects()
    this.checkBytes()
    this.checkCustody()
  }

  /** I10: whatever was delivered names bytes that were verified to hash to that name. */
  private checkBytes(): void {
    for (const [key, body] of this.centre.rows()) {
      const { delivery } = JSON.parse(body) as RequestRow
      if (delivery) must(this.centre.verified.has(delivery.sha256), `I10 bytes of ${key} are what their name says`)
    }
    for (const desk of this.desks) {
      const stray = desk.db.sql('SELECT 1 FROM outbox_blob WHERE sha256 NOT IN (SELECT sha256 FROM blob) LIMIT 1').get()
      must(stray === undefined, 'I10 no operation names bytes the desk does not have')
    }
  }

  private checkOutbox(desk: ModelDesk): void {
    const rows = desk.db
      .sql<{ op_id: string; n: number | null; state: string; kind: OpKind; code: string }>(
        'SELECT op_id, n, state, kind, code FROM outbox ORDER BY place',
      )
      .all()
    const known = new Set(rows.map((row) => row.op_id))
    for (const opId of desk.acknowledged) must(known.has(opId), 'I2 every acknowledged action is in the outbox')
    const numbers = rows.flatMap((row) => (row.n === null ? [] : [row.n])).sort((a, b) => a - b)
    must(
      numbers.every((n, i) => n === i + 1),
      'numbers have no gaps',
    )
    for (const row of rows) {
      must(
        ['applied', 'rejected', 'withdrawn'].includes(row.state),
        `I4 the outbox is empty: ${row.kind} ${row.state} ${row.code}`,
      )
      const isFact = (FACT_KINDS as readonly string[]).includes(row.kind)
      must(!isFact || row.state !== 'rejected', `I11 a fact is never refused: ${row.kind} ${row.code}`)
      if (row.state === 'withdrawn') continue
      const said = this.centre.db
        .sql<{ outcome: string }>('SELECT outcome FROM result WHERE device = ? AND op_id = ?')
        .get(desk.name, row.op_id)
      must(
        said === undefined || said.outcome === row.state,
        `I3 the recorded outcome is the centre's: ${row.kind} ${row.state} ${said?.outcome ?? ''}`,
      )
    }
  }

  /** I1, I6, I7: what stands in the histories is what the desks recorded as applied, once and in order. */
  private checkEffects(): void {
    for (const [key, body] of this.centre.rows()) {
      const row = JSON.parse(body) as RequestRow & { gone?: object }
      if (!key.startsWith('request/') || row.gone) continue
      const delivered = row.history.filter((entry) => entry.event === 'fulfil').length
      must(delivered <= 1, 'I7 at most one delivery for a request')
      const resent = row.history.filter((entry) => entry.event === 'resend').length
      const asked = row.history.filter((entry) => entry.event === 'complain').length
      must(resent <= asked, 'I7 at most one delivery for each complaint')
      must(delivered === 0 || row.delivery !== null, 'I7 what was delivered stays delivered')
      for (const desk of this.desks) {
        const applied = desk.db
          .sql<{ kind: string; args: string }>(
            `SELECT kind, args FROM outbox WHERE object_id = ? AND state = 'applied' ORDER BY place`,
          )
          .all(row.id)
        const mine = row.history.filter((entry) => entry.desk === desk.name)
        for (const kind of COUNTED) {
          const happened = mine.filter((entry) => entry.event === kind).length
          const recorded = applied.filter((op) => op.kind === kind).length
          must(happened === recorded, `I1 every effect once: ${kind} happened ${happened} times, recorded ${recorded}`)
        }
        const told = applied.filter((op) => COUNTED.includes(op.kind)).map(nameOf)
        const happened = mine.filter((entry) => COUNTED.includes(entry.event))
        const order = happened.map((entry) => (entry.event === 'note' ? entry.text : entry.event))
        must(order.join() === told.join(), `I6 in order: ${told.join()} became ${order.join()}`)
      }
    }
  }

  /** I13: no item in two places. */
  private checkCustody(): void {
    const rows = [...this.centre.rows().values()].map((body) => JSON.parse(body) as { type: string; gone?: object })
    const bags = rows.filter((row) => row.type === 'bag' && !row.gone) as unknown as BagRow[]
    for (const { id, owner } of bags) must(owner === LIBRARY, `I13 bag ${id} has one owner`)
    for (const row of rows) {
      if (row.type !== 'request' || row.gone) continue
      const { id, volumes } = row as unknown as RequestRow
      for (const { volume, bagId } of volumes) {
        const holding = bags.filter(
          (bag) =>
            (bag.state === 'open' || bag.state === 'closed') &&
            bag.items.some((item) => item.requestId === id && item.volume === volume),
        )
        must(holding.length <= 1, 'I13 no item in two bags')
        const handed = bags.filter(
          (bag) =>
            bag.state === 'handed_over' && bag.items.some((item) => item.requestId === id && item.volume === volume),
        )
        must(handed.length + holding.length <= 1, 'I13 what was handed over is in no other bag')
        if (holding.length === 1) must(holding[0]!.id === bagId, 'I13 the item knows its bag')
      }
    }
  }
}

/** Operations that leave exactly one entry of their name in the history. */
const COUNTED = ['note', 'accept', 'fulfil', 'resend', 'bindItem']
const nameOf = (op: { kind: string; args: string }): string =>
  op.kind === 'note' ? (JSON.parse(op.args) as { text: string }).text : op.kind

/** A doubled call may be refused by the centre (numbers reused); its reply interests nobody. */
function swallow(body: () => unknown): void {
  try {
    body()
  } catch (error) {
    if (!(error instanceof LinkError)) throw error
  }
}

function keep(error: unknown): void {
  if (!(error instanceof Died)) unexpected.push(error)
}
