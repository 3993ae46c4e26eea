import type { Core, Handlers } from '../context.ts'
import { board, handOver, openBag, openManifest, packCode } from '../courier/bags.ts'
import { checkItem } from '../courier/check.ts'
import { keepSignature } from '../courier/pictures.ts'
import { resolveCode } from '../courier/resolve.ts'
import { takeReturn } from '../courier/returns.ts'

type Methods =
  | 'code.resolve'
  | 'loan.check'
  | 'courier.board'
  | 'courier.openBag'
  | 'courier.packCode'
  | 'courier.openManifest'
  | 'courier.handOver'
  | 'courier.return'

/** The loan desk and the courier desk: codes in, custody recorded. */
export function courierHandlers(core: Core): Handlers<Methods> {
  const changed = <T>(result: T): T => {
    core.events.emit('courier')
    return result
  }
  return {
    'code.resolve': ({ text }) => resolveCode(core, text),
    'loan.check': ({ requestId, code }) => changed(checkItem(core, requestId, code)),
    'courier.board': () => board(core),
    'courier.openBag': ({ destination, route }) => changed(openBag(core, destination, route)),
    'courier.packCode': ({ code }) => changed(packCode(core, code)),
    'courier.openManifest': ({ run }) => changed(openManifest(core, run)),
    'courier.handOver': async (order) => {
      const acted = changed(handOver(core, order))
      // The hand-over stands, whatever becomes of its picture: the strokes are in the operation.
      await keepSignature(core, order.manifestId, order.signature.strokes).catch((error: unknown) =>
        core.log.warn({ error }, 'signature picture'),
      )
      return changed(acted)
    },
    'courier.return': ({ code, condition }) => changed(takeReturn(core, code, condition)),
  }
}
