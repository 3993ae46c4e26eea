/**
 * The library that supplies what our readers ask for, played by the centre: it accepts, delivers a page or sends the book,
 * and takes the book back when it comes home. Everything goes through the same guards as a desk's ops.
 */
import { randomUUID } from 'node:crypto'
import type { OpArgsOf, OpKind } from '../../contract/ops.contract.ts'
import type { BagRow, RequestRow } from '../../contract/centre.contract.ts'
import type { ReasonUnfilled } from '../../contract/words.ts'
import { actAs } from '../act.ts'
import type { Centre } from '../centre.ts'
import { HOME } from '../seed/directory.ts'
import { Workspace } from '../store/rows.ts'
import { onePage } from './one-page.ts'

/** Milliseconds after the last event. */
export interface SupplierPace {
  acceptAfterMs: number
  supplyAfterMs: number
}

/** What a person who learns in rehearsal still waits for. */
export const USUAL_PACE: SupplierPace = { acceptAfterMs: 5000, supplyAfterMs: 15_000 }
const LOOK_MS = 2000

export class Supplier {
  private readonly centre: Centre
  private readonly timer: NodeJS.Timeout | null
  private busy = false

  /** @param pace null: only when told (`/rehearsal/supplier`) */
  constructor(centre: Centre, pace: SupplierPace | null) {
    this.centre = centre
    this.timer = pace && setInterval(() => void this.look(pace), LOOK_MS).unref()
  }

  stop(): void {
    if (this.timer) clearInterval(this.timer)
  }

  /** Plays what is due for the demo library's own requests. */
  private async look({ acceptAfterMs, supplyAfterMs }: SupplierPace): Promise<void> {
    if (this.busy) return
    this.busy = true
    const now = this.centre.clock.now()
    try {
      for (const row of this.asked()) {
        const since = now - (row.history.at(-1)?.at ?? now)
        if (row.status === 'RequestReceived' && since >= acceptAfterMs) this.accept(HOME, row.id)
        else if ((row.status === 'WillSupply' || row.complaint !== null) && since >= supplyAfterMs)
          await this.supply(HOME, row.id)
        else if (row.stage === 'returning' && since >= supplyAfterMs) this.takeBack(HOME, row.id)
      }
    } finally {
      this.busy = false
    }
  }

  private asked(): RequestRow[] {
    return this.centre.db
      .sql<{ body: string }>(
        `SELECT body FROM entity WHERE library = ? AND type = 'request' AND gone_at IS NULL
         AND json_extract(body, '$.role') = 'requester' AND json_extract(body, '$.finishedAt') IS NULL
         UNION ALL SELECT body FROM entity WHERE library = ? AND type = 'request' AND gone_at IS NULL
         AND json_extract(body, '$.role') = 'requester' AND json_extract(body, '$.complaint') IS NOT NULL`,
      )
      .all(HOME, HOME)
      .map(({ body }) => JSON.parse(body) as RequestRow)
  }

  private act<K extends OpKind>(library: string, kind: K, objectId: string, args: OpArgsOf<K>): void {
    this.centre.tell(actAs(this.centre.db, library, kind, objectId, args, this.centre.clock.now()).moved)
  }

  /** Who supplies it, and the request as that library has it. */
  private theirs(asking: string, id: string): RequestRow | null {
    const mine = new Workspace(this.centre.db).find(asking, 'request', id)
    if (!mine || mine.gone !== null || mine.row.role !== 'requester') return null
    const found = new Workspace(this.centre.db).find(mine.row.fields.partner, 'request', id)
    return found && found.gone === null ? found.row : null
  }

  private supplierOf(asking: string, id: string): string {
    return new Workspace(this.centre.db).find(asking, 'request', id)!.row.fields.partner
  }

  /** @returns false when there is nothing to accept */
  accept(asking: string, id: string): boolean {
    if (this.theirs(asking, id)?.status !== 'RequestReceived') return false
    this.act(this.supplierOf(asking, id), 'accept', id, {})
    return true
  }

  /** @returns false when it is answered already */
  decline(asking: string, id: string, reason: ReasonUnfilled): boolean {
    const status = this.theirs(asking, id)?.status
    if (status !== 'RequestReceived' && status !== 'WillSupply') return false
    this.act(this.supplierOf(asking, id), 'cannotSupply', id, { reason })
    return true
  }

  /** Delivers the copy (again, when we complained), or hands the book to the courier. @returns false when it cannot */
  async supply(asking: string, id: string): Promise<boolean> {
    this.accept(asking, id)
    const row = this.theirs(asking, id)
    const library = row && this.supplierOf(asking, id)
    if (!library) return false
    if (row.service === 'loan') return row.status === 'WillSupply' && this.send(library, asking, row)
    const again = row.status === 'CopyCompleted' && row.complaint !== null
    if (!again && row.status !== 'WillSupply') return false
    const bytes = onePage(`${id} from ${library}`)
    const now = this.centre.clock.now()
    const sha256 = await this.centre.blobs.keep(library, bytes, 'application/pdf', now)
    this.act(library, again ? 'resend' : 'fulfil', id, { blobs: [sha256], pages: 1, bytes: bytes.length })
    return true
  }

  private send(library: string, asking: string, row: RequestRow): boolean {
    const [bagId, manifestId] = [randomUUID(), randomUUID()]
    const number = this.centre.seqOf(library)
    this.act(library, 'openBag', bagId, { code: `B-${library}-1-${number}`, destination: asking, route: '' })
    for (const { volume } of row.volumes) {
      this.act(library, 'bindItem', row.id, { volume, barcode: `${library}${row.id.slice(2)}${volume}` })
      this.act(library, 'pack', row.id, { item: { requestId: row.id, volume }, bagId })
    }
    this.act(library, 'closeBag', bagId, { seal: `S-${number}` })
    this.handOver(library, manifestId, bagId, number)
    return true
  }

  private handOver(library: string, manifestId: string, bagId: string, number: number): void {
    const year = new Date(this.centre.clock.now()).getUTCFullYear()
    this.act(library, 'openManifest', manifestId, { number: `M-${library}-1-${year}-${number}`, run: '' })
    this.act(library, 'closeManifest', manifestId, { bagIds: [bagId] })
    const signature = { strokes: [] }
    this.act(library, 'handedOver', manifestId, { driver: '张师傅', signature, digest: '0'.repeat(64) })
  }

  /** The book has come home: its bag is taken in and each volume checked in. @returns false when it is not on its way */
  takeBack(asking: string, id: string): boolean {
    const row = this.theirs(asking, id)
    if (row?.stage !== 'returning') return false
    const library = this.supplierOf(asking, id)
    for (const { volume, bagId } of row.volumes) {
      const bag = bagId === null ? null : new Workspace(this.centre.db).find(library, 'bag', bagId)
      if (bag && bag.gone === null) this.unpack(library, bag.row, id, volume)
      this.act(library, 'checkedIn', id, { volume, condition: 'good' })
    }
    return true
  }

  private unpack(library: string, bag: BagRow, requestId: string, volume: number): void {
    if (bag.state === 'handed_over') this.act(library, 'bagArrived', bag.id, {})
    this.act(library, 'itemArrived', bag.id, { item: { requestId, volume }, condition: 'good' })
  }
}
