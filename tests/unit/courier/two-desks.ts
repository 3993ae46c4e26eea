/** Two desks of one library, each with what it saw last and what it did since, and the real centre between them. */
import type { BagRow, EntityType } from '../../../electron/contract/centre.contract.ts'
import type { OpResult } from '../../../electron/contract/centre.contract.ts'
import { actAs, askingSide } from '../../../electron/centre/act.ts'
import type { Op, OpArgsOf, OpKind } from '../../../electron/contract/ops.contract.ts'
import { fold, type Overlay, type PendingOp } from '../../../electron/domain/machine/fold.ts'
import { isFact } from '../../../electron/domain/machine/operate.ts'
import { touchesOf } from '../../../electron/domain/machine/touches.ts'
import { keyOf, type Row, type RowSource, type Rows } from '../../../electron/domain/machine/world.ts'
import { requestRow } from '../../../electron/centre/request-row.ts'
import { Workspace } from '../../../electron/centre/store/rows.ts'
import { NOW, WHO } from '../../cases/operations.ts'
import { CentreWorld } from '../centre/world.ts'

export const REQUESTS = ['HG00000001', 'HG00000002', 'HG00000003', 'HG00000004', 'HG00000005', 'HG00000006'] as const
const PARTNER_OF = [WHO.partner, WHO.partner, WHO.third, WHO.third, WHO.partner, WHO.partner] as const

/** What really happened at the centre, in order: the raw events that everything else is counted from. */
export interface RawEvent {
  kind: OpKind
  objectId: string
  args: Record<string, unknown>
  outcome: OpResult['outcome']
}

export class TwoDesks {
  readonly centre: CentreWorld
  readonly desks: Desk[]
  events: RawEvent[] = []
  /** The same of the borrowing libraries. */
  theirs: RawEvent[] = []
  private sent = 0

  private constructor(centre: CentreWorld) {
    this.centre = centre
    this.desks = [WHO.desk1, WHO.desk2].map((name) => new Desk(name, this))
  }

  static async make(): Promise<TwoDesks> {
    return new TwoDesks(await CentreWorld.make())
  }

  /** Accepted loans, one of them in two volumes; nothing bound, no bags. */
  begin(): void {
    this.centre.clear()
    this.events = []
    this.theirs = []
    this.centre.db.write(() => {
      this.centre.db.sql('DELETE FROM result').run()
      const work = new Workspace(this.centre.db)
      REQUESTS.forEach((id, index) => {
        const fields = { centreNo: `zx000000000${index}`, partner: PARTNER_OF[index]!, title: `书 ${index}`, deliveryMethod: 'courier' as const } // prettier-ignore
        const labels = index === 0 ? ['上', '下'] : ['']
        const row = requestRow({ id, service: 'loan', appliedAt: NOW, urgent: false, labels, fields })
        // Half of them are checked already, so that histories get as far as the door.
        const volumes = row.volumes.map((one) => (index % 2 ? one : { ...one, barcode: `RUC9${index}${one.volume}`, place: 'desk' as const })) // prettier-ignore
        work.put(WHO.library, { ...row, volumes, status: 'WillSupply', stage: index % 2 ? 'pulled' : 'checked' })
      })
      work.flush(NOW)
    })
    for (const desk of this.desks) desk.reset()
  }

  rows<T extends EntityType>(type: T): Rows[T][] {
    return this.centre.db
      .sql<{ body: string }>('SELECT body FROM entity WHERE library = ? AND type = ? AND gone_at IS NULL')
      .all(WHO.library, type)
      .map(({ body }) => JSON.parse(body) as Rows[T])
  }

  /**
   * The borrowing library, through the centre's own rules: a bag of ours arrives there, most of its items are ticked off;
   * books that are there come back in a bag of its own.
   */
  partnerActs(n: number): void {
    const sent = this.rows('bag').filter((bag) => bag.owner === WHO.library && bag.state === 'handed_over')
    const bag = sent[n % Math.max(1, sent.length)]
    if (bag) this.partnerReceives(bag, n)
    else this.partnerSendsBack(n)
  }

  private partnerReceives(bag: BagRow, n: number): void {
    const { destination: library } = bag
    for (const { requestId } of bag.items) askingSide(this.centre.db, WHO.library, requestId, NOW)
    this.as(library, 'bagArrived', bag.id, {})
    for (const [at, { requestId, volume }] of bag.items.entries()) {
      const item = { requestId, volume }
      if ((at + n) % 5 === 4) this.as(library, 'itemMissing', bag.id, { item })
      else this.as(library, 'itemArrived', bag.id, { item, condition: 'good' })
    }
    for (const { requestId } of bag.items) this.as(library, 'received', requestId, {})
  }

  private partnerSendsBack(n: number): void {
    const there = this.rows('request').filter((row) => row.volumes.some((one) => one.place === 'borrower'))
    const row = there[n % Math.max(1, there.length)]
    if (!row) return
    const library = askingSide(this.centre.db, WHO.library, row.id, NOW)!
    const [bagId, manifestId] = [crypto.randomUUID(), crypto.randomUUID()]
    this.as(library, 'openBag', bagId, { code: `B-${library}-${this.sent}`, destination: WHO.library, route: '' })
    for (const { volume, place } of row.volumes)
      if (place === 'borrower') this.as(library, 'pack', row.id, { item: { requestId: row.id, volume }, bagId })
    this.as(library, 'closeBag', bagId, { seal: 'S' })
    this.as(library, 'openManifest', manifestId, { number: `M-${library}-${this.sent++}`, run: '' })
    this.as(library, 'closeManifest', manifestId, { bagIds: [bagId] })
    this.as(library, 'handedOver', manifestId, { driver: '王师傅', signature: { strokes: [] }, digest: '0'.repeat(64) })
  }

  private as<K extends OpKind>(library: string, kind: K, objectId: string, args: OpArgsOf<K>): void {
    const { refusal } = actAs(this.centre.db, library, kind, objectId, args, NOW)
    const outcome = refusal ? 'rejected' : 'applied'
    this.theirs.push({ kind, objectId, args: args as Record<string, unknown>, outcome })
  }

  close(): void {
    this.centre.close()
  }
}

export class Desk {
  readonly name: string
  private readonly all: TwoDesks
  private base = new Map<string, Row>()
  private pending: PendingOp[] = []
  private shown: Overlay | undefined
  private readonly sent = new Map<string, Op>()
  private lastOn = new Map<string, string>()
  private n = 0

  constructor(name: string, all: TwoDesks) {
    this.name = name
    this.all = all
  }

  reset(): void {
    this.pending = []
    this.sent.clear()
    this.lastOn.clear()
    this.n = 0
    this.pull()
  }

  private pull(): void {
    this.shown = undefined
    const rows = (['request', 'bag', 'manifest', 'library', 'anomaly'] as const).flatMap(
      (type) => this.all.rows(type) as Row[],
    )
    this.base = new Map(rows.map((row) => [keyOf(row.type, row.id), row]))
  }

  private get source(): RowSource {
    const { base } = this
    return {
      get: <T extends EntityType>(type: T, id: string) => base.get(keyOf(type, id)) as Rows[T] | undefined,
      gone: () => undefined,
      *bearers(barcode) {
        for (const row of base.values())
          if (row.type === 'request')
            for (const item of row.volumes)
              if (item.barcode === barcode) yield { requestId: row.id, volume: item.volume }
      },
    }
  }

  /** What it did and has not sent yet. */
  waiting(): readonly (PendingOp & { args: Record<string, unknown> })[] {
    return this.pending as (PendingOp & { args: Record<string, unknown> })[]
  }

  /** What this desk shows. */
  view(): Overlay {
    return (this.shown ??= fold(this.pending, this.source))
  }

  ids(type: 'bag' | 'manifest' | 'anomaly'): string[] {
    const { world } = this.view()
    const keys = [...this.base.keys(), ...world.keys()].filter((key) => key.startsWith(`${type}/`))
    return [...new Set(keys.map((key) => key.slice(type.length + 1)))]
  }

  /** Somebody does something, sensible or not. What the desk itself would refuse is sent all the same when `stubborn`. */
  act(kind: OpKind, objectId: string, args: object, stubborn: boolean): boolean {
    // Judged on a view of its own: an act that is not done leaves nothing behind.
    const view = fold(this.pending, this.source)
    const operation = { kind, objectId, args: args as PendingOp['args'] }
    const touches = touchesOf(operation, view.world)
    const after = [...new Set(touches.map((id) => this.lastOn.get(id)).filter((id) => id !== undefined))]
    const opId = crypto.randomUUID()
    const actor = { library: WHO.library, desk: this.name, deskName: this.name, user: WHO.staff, userName: WHO.staff, role: 'staff' as const, at: NOW } // prettier-ignore
    const op: PendingOp = { opId, ...operation, actor, after, needsPrev: false, prevRejected: false }
    view.add(op)
    if (view.refused.has(opId) && !isFact(kind) && !stubborn) return false
    this.pending.push(op)
    this.shown = view
    this.n++
    const at = { wall: NOW, monotonicMs: this.n, bootId: 'b' }
    this.sent.set(opId, { opId, n: this.n, objectId, touches, kind, args, seen: { version: 0 }, after, needsPrev: false, blobs: [], at, actor: { desk: this.name, user: WHO.staff } }) // prettier-ignore
    for (const id of touches) this.lastOn.set(id, opId)
    return true
  }

  /** Back online: everything goes out in order, then the rows come in. */
  sync(): void {
    const ops = this.pending.map((op) => this.sent.get(op.opId)!)
    for (let from = 0; from < ops.length; from += 100) {
      const batch = ops.slice(from, from + 100)
      const results = this.all.centre.push(batch, { device: this.name })
      batch.forEach((op, index) => {
        const { kind, objectId } = op
        this.all.events.push({ kind, objectId, args: op.args as Record<string, unknown>, outcome: results[index]!.outcome }) // prettier-ignore
      })
    }
    this.pending = []
    this.pull()
  }
}
