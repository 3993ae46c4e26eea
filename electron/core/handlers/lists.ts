/** Every list of the desk as XLSX or CSV. */
import type { CoreContract, ListOrder } from '../../contract/core.contract.ts'
import { dayOf } from '../../domain/working-days.ts'
import { appendAudit } from '../../../db/queries/audit.ts'
import type { Core, Handlers } from '../context.ts'
import type { JointSearch } from '../holdings/joint-search.ts'
import { holdingsList, noticeList, registrationList, searchList, trainingList } from '../lists/asking.ts'
import { anomalyList, bagList, manifestList, pickupList } from '../lists/courier.ts'
import { requireSupervisor } from '../desk/supervisor.ts'
import { auditList, outboxList, printList, refusedList, trayList } from '../lists/desk.ts'
import { requestList } from '../lists/requests.ts'
import { wordsOf, type ListSource, type Words } from '../lists/source.ts'
import { inBackground, keepTables } from '../sheets/made.ts'
import { DAY_MS } from '../sheets/table.ts'

type Methods = Extract<keyof CoreContract, `list.${string}`>

export function listHandlers(core: Core, search: JointSearch): Handlers<Methods> {
  /** Who is handed the trail stands in it. @throws DeskError sign_in_needed, not_allowed */
  function noteAudit(): void {
    const { id } = requireSupervisor(core)
    const entry = { at: core.now(), user: id, event: 'auditExported', objectId: '', opId: null, detail: '{}' }
    core.db.write(() => appendAudit(core.db, entry))
  }

  function sourceOf(order: ListOrder, words: Words): ListSource {
    switch (order.list) {
      case 'requests':
        return requestList(core, words, order)
      case 'prints':
        return printList(core, words, order.open)
      case 'refused':
        return refusedList(core, words)
      case 'outbox':
        return outboxList(core, words)
      case 'tray':
        return trayList(core, words, order.state)
      case 'bags':
        return bagList(core, words, order.side)
      case 'manifests':
        return manifestList(core, words)
      case 'pickups':
        return pickupList(core, words)
      case 'anomalies':
        return anomalyList(core, words, order.state)
      case 'registrations':
        return registrationList(core, words)
      case 'trainings':
        return trainingList(core, words)
      case 'notices':
        return noticeList(core, words)
      case 'search':
        return searchList(search, words, order.searchId)
      case 'holdings':
        return holdingsList(core, words, order.requestId)
      case 'audit':
        noteAudit()
        return auditList(core, words)
    }
  }

  return {
    'list.export': ({ order, format, title, words }) => {
      const { table, total } = sourceOf(order, wordsOf(words))
      const day = new Date(dayOf(core.now()) * DAY_MS).toISOString().slice(0, 10)
      return inBackground(core, total, (writing) =>
        keepTables(core, [{ ...table, name: title }], format, `BALIS-${title}-${day}`, writing),
      )
    },
  }
}
