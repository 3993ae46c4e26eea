/** What a person can do with a request: which of it is the next thing, and what each does. */
import type { Action } from '../../../electron/contract/core.contract.ts'
import type { OpArgsOf, OpKind } from '../../../electron/contract/ops.contract.ts'
import i18next from 'i18next'
import { act, attempt } from '../../app/act.ts'
import type { CommandId } from '../../app/commands.ts'
import { go } from '../../app/routes.ts'
import { toast } from '../../app/toasts.ts'
import { core, type CoreOut } from '../../host.ts'
import { ask, type Asked, type AskKind } from './dialogs.ts'
import { showBulk, showProgress } from './bulk.ts'
import { printNow } from '../prints/print.ts'

/** Actions that core takes in one go: about a quarter of a second. */
const PART = 50

type Subject = Asked

/** Action buttons in the order a request usually wants them. The first that fits is the primary one. Pure. */
export function primaryAction(row: Subject): Action | null {
  const can = new Set(row.can)
  const wishes: (Action | false)[] = [
    row.cancelAsked && 'answerCancel',
    'accept',
    row.complaint && 'scan',
    row.stage === 'ready' && 'fulfil',
    row.stage === 'queued' && 'printPullSlip',
    row.service === 'copy' && 'scan',
    row.stage === 'awaiting_pickup' && 'pickedUp',
    row.stage === 'checked' && 'pack',
    'renewAnswer',
    'checkedIn',
    'bindItem',
    'received',
    row.role === 'requester' && !row.notified && 'notifyReader',
    'lentToReader',
    'returnedByReader',
    'pack',
    'claim',
  ]
  return wishes.find((wish): wish is Action => wish !== false && can.has(wish)) ?? null
}

/** Actions with a command and so with a key. */
export const COMMAND_OF: Partial<Record<Action, CommandId>> = {
  accept: 'queue.accept',
  claim: 'queue.claim',
  release: 'queue.release',
  cannotSupply: 'queue.cannotSupply',
  retryLater: 'queue.retryLater',
  forward: 'queue.forward',
  note: 'queue.note',
  printPullSlip: 'queue.printPullSlip',
}

const ASKED: Partial<Record<Action, AskKind>> = {
  cannotSupply: 'cannotSupply',
  retryLater: 'retryLater',
  forward: 'forward',
  note: 'note',
  setField: 'setField',
  setDue: 'setDue',
  answerCancel: 'answerCancel',
  renewAnswer: 'renewAnswer',
  lost: 'lost',
  damaged: 'damaged',
  pickedUp: 'pickedUp',
  recall: 'recall',
  renewAsk: 'renewAsk',
  chase: 'chase',
  requestCancel: 'requestCancel',
  complain: 'complain',
  notifyReader: 'notifyReader',
}

const PLAIN = [
  'claim',
  'release',
  'takeOver',
  'accept',
  'unaccept',
  'received',
  'lentToReader',
  'returnedByReader',
  'shippedBack',
] as const satisfies readonly OpKind[]

/** Starts an action on one request: at once, after a question, or by going to the desk where it is done. */
export function start(action: Action, row: Subject): void {
  const asked = ASKED[action]
  const plain = PLAIN.find((kind) => kind === action)
  if (asked) ask(asked, [row])
  else if (plain) void act(row.id, plain, {}, row.title)
  else if (action === 'scan' || action === 'resend') go('copy', row.id)
  else if (action === 'fulfil') go('copy', row.id, 'document')
  else if (action === 'bindItem' || action === 'unbindItem') go('loan', row.id)
  else if (action === 'pack' || action === 'unpack') go('courier', null, 'pack')
  else if (action === 'checkedIn') go('courier', null, 'returns')
  else if (action === 'printPullSlip') void printNow('pullSlip', [row.id])
  else if (action === 'printBookSlip') void printNow('bookSlip', [row.id])
}

/** The same for many: those that cannot take it are named, the rest go on. */
export async function startMany(action: Action, rows: readonly Subject[]): Promise<void> {
  const able = rows.filter((row) => row.can.includes(action))
  const left = rows.filter((row) => !row.can.includes(action))
  if (able.length === 0) {
    toast({ tone: 'bad', text: () => i18next.t('bulk.none', { action: i18next.t(`action.${action}`) }) })
    return
  }
  if (rows.length === 1) return start(action, able[0]!)
  const asked = ASKED[action]
  const plain = PLAIN.find((kind) => kind === action)
  // A volume is lost or damaged, not a pile of requests.
  if (action === 'lost' || action === 'damaged')
    toast({ tone: 'bad', text: () => i18next.t('bulk.oneByOne', { action: i18next.t(`action.${action}`) }) })
  else if (plain) return void (await perform(plain, able, {}, left))
  else if (asked) ask(asked, able)
  else if (action === 'printPullSlip' || action === 'printBookSlip')
    await printNow(action === 'printPullSlip' ? 'pullSlip' : 'bookSlip', able.map((row) => row.id)) // prettier-ignore
  if (left.length > 0)
    toast({ tone: 'plain', text: () => i18next.t('bulk.leftOut', { action: i18next.t(`action.${action}`), count: left.length }), ms: 8000 }) // prettier-ignore
}

/** In parts, so that the desk answers others in between; how far it is can be seen, and it can be stopped. */
async function actOnEach<K extends OpKind>(kind: K, rows: readonly Subject[], args: OpArgsOf<K>) {
  const outcome: CoreOut<'op.actMany'> = []
  for (let from = 0; from < rows.length; from += PART) {
    if (from > 0 && !showProgress({ kind, done: from, total: rows.length })) break
    const calls = rows.slice(from, from + PART).map((row) => ({ objectId: row.id, kind, args }))
    outcome.push(...(await core('op.actMany', { calls })))
  }
  showProgress(null)
  return outcome
}

/**
 * Sends one op for each request; with several, the outcome of each is shown.
 * @param left those that could not take it from the start
 * @returns true when all were taken
 */
export async function perform<K extends OpKind>(
  kind: K,
  rows: readonly Subject[],
  args: OpArgsOf<K>,
  left: readonly Subject[] = [],
): Promise<boolean> {
  if (rows.length === 1 && left.length === 0) return act(rows[0]!.id, kind, args, rows[0]!.title)
  const outcome = await attempt(() => actOnEach(kind, rows, args))
  if (!outcome) return false
  const titles = new Map(rows.map((row) => [row.id, row.title]))
  const failed = outcome.filter((one) => one.error)
  const opIds = outcome.flatMap((one) => (one.opId ? [one.opId] : []))
  const text = () => i18next.t('bulk.done', { action: i18next.t(`op.${kind as string}`), count: opIds.length })
  if (failed.length > 0 || left.length > 0)
    showBulk({ kind, done: opIds.length, left, failed: failed.map((one) => ({ id: one.objectId, title: titles.get(one.objectId) ?? one.objectId, error: one.error! })) }) // prettier-ignore
  else {
    const withdraw = async () => {
      for (const opId of opIds) await attempt(() => core('op.withdraw', { opId }))
    }
    toast({ tone: 'ok', text, undo: () => void withdraw(), ms: 8000 })
  }
  return failed.length === 0
}
