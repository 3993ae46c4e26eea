import { useTranslation } from 'react-i18next'
import { Condition } from '../../../electron/contract/words.ts'
import { Chip } from '../../ui/Chip.tsx'

/** The condition of the next book; afterwards it is "good" again. */
export function ConditionChoice({ value, onChange }: { value: Condition; onChange: (condition: Condition) => void }) {
  const { t } = useTranslation()
  return (
    <>
      <span className="lbl">{t('returns.condition')}</span>
      {Condition.options.map((one) => (
        <Chip key={one} on={value === one} onChange={() => onChange(one)}>
          {t(`condition.${one}`)}
        </Chip>
      ))}
      <span className="text-sm text-ink-3">{t('returns.conditionHint')}</span>
    </>
  )
}
