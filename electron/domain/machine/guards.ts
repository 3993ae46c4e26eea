/** The questions the machine asks of one row, each named after what must hold. */
import type { BagRow, ManifestRow, RequestRow } from '../../contract/centre.contract.ts'
import type { RejectCode } from '../../contract/ops.contract.ts'
import type { Service, Status } from '../../contract/words.ts'
import type { Actor, Guard, Refusal } from './rule.ts'

const refuse = (code: RejectCode): Refusal => ({ code })

/** A claim holds others off only while its lease runs. */
export function heldByOther(row: RequestRow, actor: Actor): boolean {
  return row.claim !== null && row.claim.desk !== actor.desk && row.claim.leaseUntil > actor.at
}
export const heldByMe = (row: RequestRow, actor: Actor): boolean => row.claim?.desk === actor.desk

/** Out of the house: lent, overdue or called back. */
export const isLent = (status: Status): boolean => status === 'Loaned' || status === 'Overdue' || status === 'Recalled'

const FINAL: readonly Status[] = ['CopyCompleted', 'LoanCompleted', 'CompletedWithoutReturn', 'Unfilled', 'Cancelled']
/** Nothing is owed any more (a complaint may still open a delivered copy again). */
export const isFinal = (status: Status): boolean => FINAL.includes(status)

export const isService =
  (service: Service): Guard<RequestRow> =>
  (row) =>
    row.service === service ? null : refuse('state')

export const weSupply: Guard<RequestRow> = (row) => (row.role === 'supplier' ? null : refuse('state'))
export const weAsk: Guard<RequestRow> = (row) => (row.role === 'requester' ? null : refuse('state'))

export const notCancelled: Guard<RequestRow> = (row) => (row.status === 'Cancelled' ? refuse('cancelled') : null)

export const statusIn =
  (...statuses: Status[]): Guard<RequestRow> =>
  (row) =>
    statuses.includes(row.status) ? null : refuse('state')

/** We said yes and the loan is not over: also while a part of it is out, the rest of a set may follow. */
export const accepted = statusIn('WillSupply', 'Loaned', 'Overdue', 'Recalled')

/** Free, mine, or held under a lease that is over. */
export const mineOrFree: Guard<RequestRow> = (row, actor) =>
  row.claim && heldByOther(row, actor)
    ? {
        code: 'already_claimed',
        info: { by: row.claim.userName || row.claim.user, at: row.claim.deskName || row.claim.desk },
      }
    : null

/** As mineOrFree, but for actions whose only refusal is "state". */
export const notOthers: Guard<RequestRow> = (row, actor) => (heldByOther(row, actor) ? refuse('state') : null)

export const isMine: Guard<RequestRow> = (row, actor) => (heldByMe(row, actor) ? null : refuse('not_holder'))

export const mayTakeOver: Guard<RequestRow> = (row, actor) =>
  heldByOther(row, actor) && actor.role !== 'supervisor' ? refuse('not_allowed') : null

export const nothingPacked: Guard<RequestRow> = (row) =>
  row.volumes.some((item) => item.bagId !== null) ? refuse('state') : null

export const cancelIsAsked: Guard<RequestRow> = (row) => (row.cancelAsked ? null : refuse('state'))
export const renewalIsAsked: Guard<RequestRow> = (row) => (row.renewAsked === null ? refuse('state') : null)
export const complaintIsOpen: Guard<RequestRow> = (row) => (row.complaint === null ? refuse('not_asked') : null)

export const supervisorOnly: Guard<unknown> = (_row, actor) =>
  actor.role === 'supervisor' ? null : refuse('not_allowed')

export const bagIsOurs: Guard<BagRow> = (row, actor) => (row.owner === actor.library ? null : refuse('state'))
export const bagStateIn =
  (...states: BagRow['state'][]): Guard<BagRow> =>
  (row) =>
    states.includes(row.state) ? null : refuse('state')

export const noBagOnIt: Guard<ManifestRow> = (row) => (row.bagIds.length > 0 ? refuse('state') : null)

/** Something of ours is there for a reader: a delivered copy, or a borrowed volume that lies here. */
export const hereForReader: Guard<RequestRow> = (row) => {
  const here = row.service === 'copy' ? row.status === 'CopyCompleted' : isLent(row.status) && row.volumes.some((item) => item.place === 'borrower') // prettier-ignore
  return here ? null : refuse('state')
}

/** For rows with a state of their own: anomalies, registrations, manifests. */
export const stateIn =
  (...states: string[]): Guard<{ state: string }> =>
  (row) =>
    states.includes(row.state) ? null : refuse('state')
