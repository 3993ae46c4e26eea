/** What to say and sound when a book was scanned in, the same at the returns desk and at the counter. */
import type { TFunction } from 'i18next'
import type { CoreOut } from '../../host.ts'
import type { Said } from './ScanField.tsx'

type Back = CoreOut<'courier.return'>

/** Names of what came in the texts. */
const CAME = { fromReader: 'returns.fromReader', fromCourier: 'returns.fromCourier', here: 'returns.isHere' } as const

export function saidOf(back: Back, t: TFunction): Said {
  if (back.anomaly) return { sound: 'attention', tone: 'warn', title: back.title, detail: t('returns.anomaly') }
  if (back.came === 'here') return { sound: 'attention', tone: 'plain', title: back.title, detail: t(CAME.here) }
  const detail = t(back.came === 'back' ? (back.complete ? 'returns.complete' : 'returns.part') : CAME[back.came])
  return { sound: 'right', tone: 'ok', title: back.title, detail }
}
