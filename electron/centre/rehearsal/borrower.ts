/**
 * The borrowing library, played by the centre: some time after a hand-over the bag arrives there, its items are ticked off,
 * the book is received and later comes back in a bag of its own. Everything goes through the same guards as a desk's ops.
 */
import { randomUUID } from 'node:crypto'
import type { BagRow, RequestRow } from '../../contract/centre.contract.ts'
import { actAs, askingSide } from '../act.ts'
import type { Centre } from '../centre.ts'
import { Workspace } from '../store/rows.ts'
import type { OpArgsOf, OpKind } from '../../contract/ops.contract.ts'

/** Milliseconds after the last event; null = only when told (`/rehearsal/borrower`). */
export interface BorrowerPace {
  receiveAfterMs: number | null
  returnAfterMs: number | null
}

const DEFAULT_PACE: BorrowerPace = { receiveAfterMs: 3000, returnAfterMs: 6000 }
const LOOK_MS = 500

export class Borrower {
  pace: BorrowerPace
  private readonly centre: Centre
  private readonly timer: NodeJS.Timeout

  constructor(centre: Centre, pace: BorrowerPace = DEFAULT_PACE) {
    this.centre = centre
    this.pace = pace
    this.timer = setInterval(() => this.look(), LOOK_MS)
    this.timer.unref()
  }

  stop(): void {
    clearInterval(this.timer)
  }

  /** Plays what is due. Looks only at loans that left with a bag, so seeded old loans stay where they are. */
  look(): void {
    const { receiveAfterMs, returnAfterMs } = this.pace
    if (receiveAfterMs === null && returnAfterMs === null) return
    const now = this.centre.clock.now()
    for (const { library, row } of this.lentLately()) {
      const since = now - (row.history.at(-1)?.at ?? now)
      if (row.stage === 'handed_over' && receiveAfterMs !== null && since >= receiveAfterMs)
        this.receive(library, row.id)
      if (row.stage === 'at_borrower' && returnAfterMs !== null && since >= returnAfterMs)
        this.sendBack(library, row.id)
    }
  }

  private lentLately(): { library: string; row: RequestRow }[] {
    return this.centre.db
      .sql<{ library: string; body: string }>(
        `SELECT library, body FROM entity WHERE wake_at IS NOT NULL AND type = 'request' AND version > 1`,
      )
      .all()
      .map(({ library, body }) => ({ library, row: JSON.parse(body) as RequestRow }))
      .filter(({ row }) => row.status === 'Loaned')
  }

  private act<K extends OpKind>(library: string, kind: K, objectId: string, args: OpArgsOf<K>): void {
    this.centre.tell(actAs(this.centre.db, library, kind, objectId, args, this.centre.clock.now()).moved)
  }

  private request(library: string, id: string): RequestRow | null {
    const found = new Workspace(this.centre.db).find(library, 'request', id)
    return found && found.gone === null ? found.row : null
  }

  private bag(library: string, id: string | null): BagRow | null {
    const found = id === null ? null : new Workspace(this.centre.db).find(library, 'bag', id)
    return found && found.gone === null ? found.row : null
  }

  /** The bag of this request arrives at the borrower, everything in it is ticked off and received. False: nothing to receive. */
  receive(supplier: string, requestId: string): boolean {
    const request = this.request(supplier, requestId)
    const library = askingSide(this.centre.db, supplier, requestId, this.centre.clock.now())
    if (!request || library === null || request.stage !== 'handed_over') return false
    const bag = this.bag(library, request.volumes.find((v) => v.bagId !== null)?.bagId ?? null)
    const items = bag?.items ?? []
    const inBag = new Set(items.map((item) => item.requestId)).add(requestId)
    for (const id of inBag) askingSide(this.centre.db, supplier, id, this.centre.clock.now())
    if (bag?.state === 'handed_over') this.act(library, 'bagArrived', bag.id, {})
    for (const item of items)
      if (bag && item.arrived === '')
        this.act(library, 'itemArrived', bag.id, {
          item: { requestId: item.requestId, volume: item.volume },
          condition: 'good',
        })
    for (const id of inBag)
      if (this.request(library, id)?.stage === 'handed_over') this.act(library, 'received', id, {})
    return true
  }

  /** The borrower packs the volumes into a bag of its own and hands it to the courier. False: nothing to send. */
  sendBack(supplier: string, requestId: string): boolean {
    const library = askingSide(this.centre.db, supplier, requestId, this.centre.clock.now())
    const request = library === null ? null : this.request(library, requestId)
    if (!request || library === null || request.stage !== 'at_borrower') return false
    const volumes = request.volumes.filter((v) => v.place === 'borrower' || v.place === 'reader')
    if (volumes.some((v) => v.place === 'reader')) this.act(library, 'returnedByReader', requestId, {})
    const bagId = randomUUID()
    const manifestId = randomUUID()
    const number = this.centre.seqOf(library)
    this.act(library, 'openBag', bagId, { code: `B-${library}-1-${number}`, destination: supplier, route: '' })
    for (const { volume } of volumes) this.act(library, 'pack', requestId, { item: { requestId, volume }, bagId })
    this.act(library, 'closeBag', bagId, { seal: `S-${number}` })
    const year = new Date(this.centre.clock.now()).getUTCFullYear()
    this.act(library, 'openManifest', manifestId, { number: `M-${library}-1-${year}-${number}`, run: '' })
    this.act(library, 'closeManifest', manifestId, { bagIds: [bagId] })
    this.act(library, 'handedOver', manifestId, {
      driver: '张师傅',
      signature: { strokes: [] },
      digest: '0'.repeat(64),
    })
    this.act(library, 'shippedBack', requestId, {})
    return true
  }
}
