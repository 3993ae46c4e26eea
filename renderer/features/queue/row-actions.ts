/** What a row does by itself: opening, its menu, its number. */
import type { Action, QueueRow } from '../../../electron/contract/core.contract.ts'
import { COMMAND_IDS, handlerOf, spec, type CommandId } from '../../app/commands.ts'
import { toast, type Said } from '../../app/toasts.ts'
import { core } from '../../host.ts'
import { COMMAND_OF, primaryAction, start } from '../request/actions.ts'

const ROW_COMMANDS = COMMAND_IDS.filter((id) => spec(id).row)
const ACTION_OF = new Map(Object.entries(COMMAND_OF).map(([action, id]) => [id, action as Action]))

/** A double click does what Enter does: it opens the request where it is worked on. */
export function openRow(id: string): void {
  void core('request.get', { id })
    .then(({ row }) => {
      const action = primaryAction(row)
      if (action === 'scan' || action === 'bindItem' || action === 'fulfil') start(action, row)
    })
    // The row is on screen with its panel; a failed second look changes nothing.
    .catch(() => {})
}

/** What can be done with a row, or with any of those that are marked. */
export function menuCommands(row: QueueRow, several: boolean): CommandId[] {
  const primary = primaryAction(row)
  return ROW_COMMANDS.filter((id) => {
    if (handlerOf(id) === undefined) return false
    const action = ACTION_OF.get(id)
    return action === undefined || ((several || row.can.includes(action)) && action !== primary)
  })
}

export function copyNumber(id: string, said: Said): void {
  void navigator.clipboard.writeText(id).then(
    () => toast({ tone: 'plain', text: said, ms: 2500 }),
    // Without a clipboard the number can still be read.
    () => {},
  )
}
