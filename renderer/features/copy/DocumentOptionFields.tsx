import { useTranslation } from 'react-i18next'
import { StampTemplate, type DocumentOptions } from '../../../electron/contract/core.contract.ts'
import { Chip } from '../../ui/Chip.tsx'
import { Field } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'

const PROFILES = ['clean', 'paper', 'grey', 'colour', 'original'] as const
const MEGA = 1_000_000

/** Stamp, cover and size of what is sent; `brief` leaves out what one seldom changes at the desk. */
export function DocumentOptionFields({
  options,
  onChange,
  brief,
}: {
  options: DocumentOptions
  onChange: (options: DocumentOptions) => void
  brief?: boolean
}) {
  const { t } = useTranslation()
  return (
    <>
      <div>
        <div className="lbl mb-1">{t('stamp.title')}</div>
        <div className="flex flex-wrap gap-1.5">
          {StampTemplate.options.map((stamp) => (
            <Chip key={stamp} on={options.stamp === stamp} onChange={() => onChange({ ...options, stamp })}>
              {t(`stamp.${stamp}`)}
            </Chip>
          ))}
          <Chip on={options.cover} onChange={(cover) => onChange({ ...options, cover })}>
            {t('stamp.cover')}
          </Chip>
          <Chip on={options.qr} onChange={(qr) => onChange({ ...options, qr })}>
            {t('stamp.qr')}
          </Chip>
        </div>
      </div>
      <Select
        label={t('profile.title')}
        value={options.profile}
        options={PROFILES.map((id) => ({ id, label: t(`profile.${id}`), detail: t(`profile.${id}Hint`) }))}
        onChange={(profile) => onChange({ ...options, profile })}
      />
      {!brief && (
        <>
          <Field
            label={t('stamp.freeText')}
            value={options.freeText}
            maxLength={200}
            onChange={(freeText) => onChange({ ...options, freeText })}
          />
          <div className="grid grid-cols-2 gap-3">
            <Field
              label={t('profile.budget')}
              hint={t('profile.budgetHint')}
              type="number"
              min={0}
              value={String(options.budgetBytes / MEGA)}
              onChange={(text) =>
                onChange({ ...options, budgetBytes: Math.round(Math.max(0, Number(text) || 0) * MEGA) })
              }
            />
            <Select
              label={t('profile.bilevel')}
              value={options.bilevel}
              options={(['jbig2', 'g4'] as const).map((id) => ({ id, label: t(`profile.${id}`) }))}
              onChange={(bilevel) => onChange({ ...options, bilevel })}
            />
          </div>
        </>
      )}
    </>
  )
}
