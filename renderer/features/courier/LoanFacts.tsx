import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { QueueRow } from '../../../electron/contract/core.contract.ts'
import { dueText } from '../../app/due.ts'
import { useNow } from '../../app/hooks.ts'
import { go } from '../../app/routes.ts'
import { UrgencyMark } from '../../ui/UrgencyMark.tsx'

/** A book that is lent, as a line of a list: what and whose it is, and when it is due back; `children` stand before that. */
export function LoanFacts({ row, children }: { row: QueueRow; children?: ReactNode }) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const urgency = row.status === 'Overdue' ? 'late' : 'safe'
  return (
    <>
      <button
        type="button"
        className="ell min-w-0 flex-1 text-left hover:underline"
        title={row.title}
        onClick={() => go('queue', row.id)}
      >
        {row.title}
        <span className="ml-2 text-ink-3">{row.partnerName}</span>
      </button>
      <span className="mono text-ink-3">{row.id}</span>
      {children}
      <span className="w-32 flex-none">
        <UrgencyMark urgency={urgency}>{dueText({ ...row, urgency }, now, t, i18n.language)}</UrgencyMark>
      </span>
    </>
  )
}
