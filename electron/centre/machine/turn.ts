/** What one operation sees while it is judged and carried out. */
import { randomUUID } from 'node:crypto'
import type { Op, OpArgsOf, OpKind, RejectCode } from '../../contract/ops.contract.ts'
import type { AnomalyRow, BagRow, EntityType, ManifestRow, RequestRow } from '../../contract/centre.contract.ts'
import type { StaffRole } from '../../contract/words.ts'
import type { Draft, RowOf, Workspace } from '../store/rows.ts'
import type { MutantSet } from '../mutants.ts'

export interface Actor {
  library: string
  desk: string
  deskName: string
  user: string
  userName: string
  /** null: this person has never signed in at this desk. */
  role: StaffRole | null
}

export interface Turn {
  readonly work: Workspace
  readonly actor: Actor
  readonly op: Op
  /** Name under which history and anomalies keep it: the op's kind, or what the centre did by itself. */
  readonly event: string
  /** Server time of this operation. */
  readonly now: number
  readonly mutants: MutantSet
}

export type Info = Record<string, string | number | boolean | null>
export type Refusal = { code: RejectCode; info?: Info }
export const refuse = (code: RejectCode, info?: Info): Refusal => (info ? { code, info } : { code })

/** First reason to refuse, or null. */
export type Check<T extends EntityType, K extends OpKind> = (
  turn: Turn,
  draft: Draft<RowOf<T>>,
  args: OpArgsOf<K>,
) => Refusal | null

/** How many entries of history travel with a row; older ones stay in the results table only. */
const HISTORY_LIMIT = 500

/** Notes on the request who did what; `text` is what a person wrote, never a sentence of the program. */
export function remember(turn: Turn, draft: Draft<RequestRow>, text = ''): void {
  const ours = draft.library === turn.actor.library
  draft.row.history = [
    ...(draft.row.history ?? []).slice(1 - HISTORY_LIMIT),
    {
      at: turn.now,
      event: turn.event,
      desk: ours ? turn.actor.deskName : turn.actor.library,
      who: ours ? turn.actor.userName : '',
      text,
    },
  ]
}

/** What people did about an anomaly, kept on it. */
export function follow(turn: Turn, row: AnomalyRow, text: string): void {
  const { deskName, userName } = turn.actor
  row.history = [
    ...(row.history ?? []).slice(-199),
    { at: turn.now, event: turn.event, desk: deskName, who: userName, text },
  ]
}

/** Records that something does not fit, for a person of this library. `event` is the operation; texts are the desk's. */
export function anomaly(turn: Turn, about: string, text: string, library = turn.actor.library): void {
  turn.work.put(library, {
    type: 'anomaly',
    id: randomUUID(),
    version: 0,
    seq: 0,
    about,
    event: turn.event,
    text,
    at: turn.now,
    state: 'open',
    person: '',
    history: [],
  })
}

/** When a fact happened: the desk's clock as evidence, but never later than now. */
export function happenedAt(turn: Turn): number {
  return Math.min(turn.op.at.wall, turn.now)
}

/** What both sides of a request see alike; the rest (claim, shelf marks, history) is each library's own. */
const SHARED = [
  'status',
  'stage',
  'dueAt',
  'finishedAt',
  'reason',
  'cancelAsked',
  'renewAsked',
  'complaint',
  'chased',
  'delivery',
] as const

/** The other library's row of the same request; made when this is the first thing it hears of it. */
export function otherSide(turn: Turn, draft: Draft<RequestRow>): Draft<RequestRow> | null {
  const mine = draft.row
  const library = mine.fields.partner
  if (library === draft.library) return null
  const found = turn.work.find(library, 'request', mine.id)
  if (found && found.gone === null) return found
  if (found) return null
  return turn.work.put<RequestRow>(library, {
    ...structuredClone(mine),
    version: 0,
    seq: 0,
    role: mine.role === 'supplier' ? 'requester' : 'supplier',
    claim: null,
    allotted: null,
    history: [],
    fields: { ...mine.fields, partner: draft.library, notePartner: '' },
  })
}

/** Brings the other library's row in step, in the same transaction, and notes the event there. */
export function mirror(turn: Turn, draft: Draft<RequestRow>): void {
  const other = otherSide(turn, draft)
  if (!other) return
  for (const key of SHARED) Object.assign(other.row, { [key]: structuredClone(draft.row[key]) })
  const known = draft.row.volumes.map((volume) => {
    const theirs = volumeOf(other.row, volume.volume)
    return theirs && hasNotLeft(turn, other, theirs) ? theirs : structuredClone(volume)
  })
  other.row.volumes = [...known, ...other.row.volumes.filter((one) => !volumeOf(draft.row, one.volume))]
  remember(turn, other)
}

/** Volumes of a set that still stand at a library are its own affair: the other side's word of them is an old one. */
function hasNotLeft(turn: Turn, { library, row }: Draft<RequestRow>, volume: RequestRow['volumes'][number]): boolean {
  if (row.role === 'supplier' && (volume.place === 'shelf' || volume.place === 'desk')) return true
  const bag = volume.bagId === null ? null : liveBag(turn, library, volume.bagId)
  return bag !== null && bag.row.owner === library && (bag.row.state === 'open' || bag.row.state === 'closed')
}

/** A bag is one thing in two feeds: the sender's and the addressee's rows are written together. */
export function mirrorBag(turn: Turn, draft: Draft<BagRow>): void {
  for (const library of [draft.row.owner, draft.row.destination]) {
    if (library === draft.library) continue
    const other = turn.work.find(library, 'bag', draft.row.id)
    const copy = { ...structuredClone(draft.row), version: other?.row.version ?? 0, seq: 0 }
    if (other && other.gone === null) Object.assign(other.row, copy)
    else turn.work.put(library, copy)
  }
}

export function liveManifest(turn: Turn, library: string, id: string | null): Draft<ManifestRow> | null {
  const found = id === null ? null : turn.work.find(library, 'manifest', id)
  return found && found.gone === null ? found : null
}

export function liveBag(turn: Turn, library: string, id: string): Draft<BagRow> | null {
  const found = turn.work.find(library, 'bag', id)
  return found && found.gone === null ? found : null
}

export function liveRequest(turn: Turn, library: string, id: string): Draft<RequestRow> | null {
  const found = turn.work.find(library, 'request', id)
  return found && found.gone === null ? found : null
}

export function volumeOf(row: RequestRow, volume: number) {
  return row.volumes.find((v) => v.volume === volume)
}

/** A bag of the acting library that has not left. */
export const standsHere = (turn: Turn, row: BagRow): boolean =>
  row.owner === turn.actor.library && (row.state === 'open' || row.state === 'closed')

/** The volume lies in such a bag: it leaves it unpacked or with the bag, and by no report of anything else. */
export function packedHere(turn: Turn, volume: RequestRow['volumes'][number] | undefined): boolean {
  const bag = volume?.bagId ? liveBag(turn, turn.actor.library, volume.bagId) : null
  return bag !== null && standsHere(turn, bag.row)
}
