/** Printing from anywhere: one call, one message, and the ledger keeps what really happened. */
import i18next from 'i18next'
import type { PrintKind } from '../../../electron/contract/core.contract.ts'
import { attempt } from '../../app/act.ts'
import { go } from '../../app/routes.ts'
import { toast } from '../../app/toasts.ts'
import { core } from '../../host.ts'

/**
 * Prints slips, labels or a manifest for these objects, where and how this desk prints that kind unless said otherwise.
 * @returns true when the job was taken into the ledger
 */
export async function printNow(
  kind: PrintKind,
  objectIds: string[],
  copies: number | null = null,
  printerId: string | null = null,
  start: number | null = null,
): Promise<boolean> {
  const job = await attempt(() => core('print.submit', { kind, objectIds, printerId, copies, start }))
  if (!job) return false
  const words = () => ({ kind: i18next.t(`printKind.${kind}`), count: objectIds.length })
  if (job.batch) {
    toast({ tone: 'ok', text: () => i18next.t('print.batchStarted', words()), ms: 5000 })
    go('prints')
  } else toast({ tone: 'ok', text: () => i18next.t('print.submitted', words()), ms: 3500 })
  return true
}
