/** Printing from anywhere: one call, one message, and the ledger keeps what really happened. */
import i18next from 'i18next'
import type { PrintKind } from '../../../electron/contract/core.contract.ts'
import { attempt } from '../../app/act.ts'
import { toast } from '../../app/toasts.ts'
import { core } from '../../host.ts'

/**
 * Prints slips, labels or a manifest for these objects on the desk's printer.
 * @returns true when the job was taken into the ledger
 */
export async function printNow(
  kind: PrintKind,
  objectIds: string[],
  copies = 1,
  printerId: string | null = null,
): Promise<boolean> {
  const job = await attempt(() => core('print.submit', { kind, objectIds, printerId, copies }))
  if (job) toast({ tone: 'ok', text: i18next.t('print.submitted', { kind: i18next.t(`printKind.${kind}`), count: objectIds.length }), ms: 3500 }) // prettier-ignore
  return job !== undefined
}
