import { useTranslation } from 'react-i18next'
import type { RequestDetail } from '../../../electron/contract/core.contract.ts'

/** The volumes of a loan: which barcode, and where each is now. */
export function Volumes({ volumes }: { volumes: RequestDetail['volumes'] }) {
  const { t } = useTranslation()
  if (volumes.length === 0) return null
  return (
    <section>
      <div className="lbl mb-1">{t('request.volumes')}</div>
      <ul className="divide-y divide-line border-y border-line">
        {volumes.map((one) => (
          <li key={one.volume} className="flex h-[30px] items-center gap-2">
            <span className={one.barcode ? 'text-ok' : 'text-ink-3'} aria-hidden="true">
              {one.barcode ? '✓' : '·'}
            </span>
            <span>{one.label || t('request.volume', { n: one.volume })}</span>
            <span className="flex-1" />
            <span className="text-ink-2">{t(`volumePlace.${one.place}`)}</span>
            <span className="mono w-24 text-right text-ink-2">{one.barcode ?? t('request.unbound')}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
