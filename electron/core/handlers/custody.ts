import { paperNumbers } from '../../../db/queries/paper-numbers.ts'
import { refusedManifestNumbers } from '../../../db/queries/settlement.ts'
import { custodyMethods } from '../../contract/core.contract.ts'
import type { Core, Handlers } from '../context.ts'
import { anomalies } from '../courier/anomalies.ts'
import { finishArrival, scanArrival } from '../courier/arrivals.ts'
import { board } from '../courier/bags.ts'
import { applyMove, batches, previewMove, rulesOf, setRules, undoMove } from '../courier/due.ts'
import { enterForm, paperForms, reserveForm, voidForm } from '../courier/paper.ts'
import { keepPhoto, pictures } from '../courier/pictures.ts'
import { collectPickup, findPickup, waitingPickups } from '../courier/pickup.ts'

const done = { ok: true } as const

/** Bags and books on their way: arrival, anomalies, pick-up, due dates, paper. */
export function custodyHandlers(core: Core): Handlers<keyof typeof custodyMethods> {
  const changed = <T>(result: T): T => {
    core.events.emit('courier')
    return result
  }
  return {
    'arrival.board': () => {
      const here = core.desk().library.id
      const { bags } = board(core)
      const ours = bags.filter((bag) => bag.owner === here && bag.destination !== here)
      return {
        // A misrouted bag that lies here is ours to send on, whoever it is for.
        bags: bags.filter((bag) => bag.owner !== here || bag.destination === here),
        sent: ours.filter((bag) => bag.state === 'handed_over' || bag.state === 'arrived'),
      }
    },
    'arrival.scan': ({ code, bagId, condition }) => changed(scanArrival(core, code, bagId, condition)),
    'arrival.finish': ({ bagId }) => changed({ missing: finishArrival(core, bagId) }),
    'anomaly.list': ({ state }) => anomalies(core, state),
    'pickup.waiting': () => waitingPickups(core),
    'pickup.find': ({ code }) => findPickup(core, code),
    'pickup.collect': ({ code, anyway }) => changed(collectPickup(core, code, anyway)),
    'due.rules': () => rulesOf(core),
    'due.setRules': (rules) => {
      setRules(core, rules)
      return changed(done)
    },
    'due.preview': (move) => previewMove(core, move),
    'due.apply': ({ move, reason }) => changed(applyMove(core, move, reason)),
    'due.batches': () => batches(core),
    'due.undo': ({ batchId }) => changed(undoMove(core, batchId)),
    'paper.reserve': ({ bags }) => changed(reserveForm(core, bags)),
    'paper.list': () => paperForms(core),
    'paper.enter': (form) => changed(enterForm(core, form)),
    'paper.void': ({ number }) => {
      voidForm(core, number)
      return changed(done)
    },
    'handover.photo': async ({ manifestId, jpeg }) => changed(await keepPhoto(core, manifestId, jpeg)),
    'handover.photos': ({ manifestId }) => pictures(core, manifestId),
    'manifest.voids': () => [
      ...refusedManifestNumbers(core.db).map((number) => ({ number, why: 'refused' as const })),
      ...core.views
        .manifests()
        .filter(({ row }) => row.state === 'void')
        .map(({ row }) => ({ number: row.number, why: 'void' as const })),
      ...paperNumbers(core.db)
        .filter((one) => one.kind === 'manifest' && one.state !== 'used')
        .map((one) => ({ number: one.code, why: one.state === 'void' ? ('paper_void' as const) : ('paper_blank' as const) })), // prettier-ignore
    ],
  }
}
