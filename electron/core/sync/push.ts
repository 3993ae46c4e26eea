/** Operations to the centre (rule C3): numbers are on the disk before a call, outcomes, rows and overlay in one transaction after it. */
import { OPS_LIMIT, PROTOCOL } from '../../contract/centre.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import type { DeskViews } from '../../../db/desk-views.ts'
import type { Db } from '../../../db/driver.ts'
import { acknowledge } from '../../../db/queries/acknowledged.ts'
import { sendAgain } from '../../../db/queries/again.ts'
import { getMeta } from '../../../db/queries/meta.ts'
import { releaseHeld } from '../../../db/queries/holds.ts'
import { takeBatch } from '../../../db/queries/next-call.ts'
import { blobsOf, type OutboxRow } from '../../../db/queries/outbox.ts'
import type { Log } from '../context.ts'
import { faultPoint } from '../fault-point.ts'
import { applyResults, doubt, park } from './apply.ts'
import { LinkError, type CentreLink } from './link.ts'
import { MissedBytes } from './missed-bytes.ts'
import { OnTheWay, stoppedOnTheWay } from './on-the-way.ts'
import { forgetUpload, isUploaded } from './upload.ts'
import { wireOp } from './wire-op.ts'

export interface PushWork {
  db: Db
  views: DeskViews
  /** ms UTC by the centre's clock. */
  now(): number
  /** ms of the clock that holds are measured by. */
  steady(): number
  /** Outbox, overlay or rows changed. */
  onChange(): void
  /** Something was refused or parked. */
  onRefused(): void
  log: Log
}

export class Pusher {
  private readonly work: PushWork
  /** Halved to 1 when a call cannot be read or does not get through, and nobody says which operation is wrong. */
  private limit = OPS_LIMIT
  private readonly way = new OnTheWay()
  private readonly missed = new MissedBytes()

  constructor(work: PushWork) {
    this.work = work
  }

  /** Sends everything that may go. @returns true when something was sent @throws LinkError */
  async push(link: CentreLink): Promise<boolean> {
    try {
      return await this.pushAll(link)
    } catch (error) {
      this.giveUp()
      throw error
    }
  }

  /** The network may be another one: what was stopped on the way is tried again. */
  tryAll(): void {
    this.way.forget()
  }

  /** What was in flight is queued again; where even that cannot be written (disk full), the next push does it. */
  private giveUp(): void {
    try {
      this.work.db.write(() => doubt(this.work.db))
    } catch (error) {
      if (!(error instanceof DeskError)) throw error
    }
  }

  private async pushAll(link: CentreLink): Promise<boolean> {
    const { db, views, now, steady, onChange } = this.work
    const again = db.write(() => {
      const objects = sendAgain(db, now())
      if (objects.size > 0) views.changed(objects)
      return objects.size
    })
    if (again > 0) onChange()
    for (let sentAny = false; ; sentAny = true) {
      const at = steady()
      const { batch, through } = db.write(() => {
        doubt(db)
        releaseHeld(db, at)
        const uploaded = (sha256: string) => isUploaded(db, sha256)
        const batch = takeBatch(db, this.limit, uploaded, (opId) => this.way.leavesAside(opId, at))
        return { batch, through: batch.length === 0 ? 0 : acknowledge(db) }
      })
      faultPoint('after-number-commit')
      if (batch.length === 0) return sentAny
      if (!(await this.send(link, batch, through))) return true
    }
  }

  /** @returns true when the next batch may go at once */
  private async send(link: CentreLink, batch: readonly OutboxRow[], through: number): Promise<boolean> {
    const { db, views, now, steady, onChange, onRefused } = this.work
    const epoch = getMeta(db, 'epoch')
    const call = {
      deviceId: getMeta(db, 'deskId')!,
      protocol: PROTOCOL,
      ackThrough: through,
      ...(epoch === undefined ? {} : { epoch }),
      ops: batch.map((row) => wireOp(db, row)),
    }
    try {
      const reply = await link.push(call)
      faultPoint('after-push-sent')
      const said = db.write(() => {
        const said = applyResults(db, views, reply.results, reply.also, now())
        // An operation the reply does not name is in doubt like one without a reply.
        doubt(db)
        for (const op of said.missingBlobs)
          for (const sha256 of blobsOf(db, op.place))
            if (this.missed.again(sha256, steady(), epoch)) forgetUpload(db, sha256)
        faultPoint('before-results-commit')
        return said
      })
      faultPoint('after-results-commit')
      this.limit = Math.min(OPS_LIMIT, this.limit * 2)
      this.way.wentThrough(batch.map(({ opId }) => opId))
      if (said.settled.length > 0) onChange()
      if (said.rejected > 0) onRefused()
      // Going on at once is for progress only: an operation that must wait for others is tried in the next cycle.
      return said.settled.length > 0
    } catch (error) {
      return stoppedOnTheWay(error) ? this.stopped(error, batch) : this.unreadable(error, batch)
    }
  }

  /** Smaller calls find the one operation that does not get through. @throws LinkError when none does */
  private stopped(error: LinkError, batch: readonly OutboxRow[]): boolean {
    const { log, steady } = this.work
    this.limit = Math.max(1, batch.length >> 1)
    const [alone, ...others] = batch
    if (others.length > 0) return true
    if (!this.way.stopped(alone!.opId, steady())) throw error
    log.warn({ status: error.status, opId: alone!.opId }, 'an operation does not get through to the centre')
    return true
  }

  /** The centre cannot read the call: the one wrong operation is parked, all others go on. @throws every other error */
  private unreadable(error: unknown, batch: readonly OutboxRow[]): boolean {
    const refused = error instanceof LinkError && error.failure === 'refused' && [400, 413, 422].includes(error.status)
    if (!refused) throw error
    const { db, views, now, onChange, onRefused } = this.work
    const named = batch.find((op) => op.opId === error.details['opId']) ?? (batch.length === 1 ? batch[0] : undefined)
    db.write(() => {
      if (named) park(db, views, named.opId, error.error, now())
      doubt(db)
    })
    this.limit = named ? OPS_LIMIT : Math.max(1, batch.length >> 1)
    onRefused()
    onChange()
    return true
  }
}
