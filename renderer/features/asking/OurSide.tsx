import { useTranslation } from 'react-i18next'
import type { RequestDetail } from '../../../electron/contract/core.contract.ts'
import { isoDay, moment } from '../../app/format.ts'
import { useNow } from '../../app/hooks.ts'
import { Button } from '../../ui/Button.tsx'
import { Note } from '../../ui/Note.tsx'
import { ArrivedCopy } from './ArrivedCopy.tsx'
import { askElsewhere } from './store.ts'

/** What only the asking library has at a request of its own: how it was pressed for, what came, whether the reader knows. */
export function OurSide({ detail }: { detail: RequestDetail }) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const { row, chased, notified } = detail
  const when = (at: number) => moment(at, i18n.language, now, t)
  return (
    <>
      {row.cancelAsked && <Note tone="plain">{t('asking.cancelAsked')}</Note>}
      {detail.complaintText && <Note tone="plain">{t('asking.complained', { text: detail.complaintText })}</Note>}
      {chased && <Note tone="plain">{t('asking.chased', { day: when(chased.at) })}</Note>}
      {detail.delivery && <ArrivedCopy id={row.id} title={row.title} delivery={detail.delivery} />}
      {notified && (
        <Note tone="ok">
          {[
            t('asking.notified', { day: when(notified.at) }),
            notified.place && t('asking.waitsAt', { place: notified.place }),
            notified.until !== null && t('asking.keptUntil', { day: isoDay(notified.until) }),
          ]
            .filter(Boolean)
            .join(' ')}
        </Note>
      )}
      {(row.status === 'Unfilled' || row.status === 'Cancelled') && (
        <Button onClick={() => askElsewhere(detail)} data-action="askElsewhere">
          {t('asking.elsewhere')}
        </Button>
      )}
    </>
  )
}
