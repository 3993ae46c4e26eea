import { useTranslation } from 'react-i18next'
import { OcrLanguage, StampTemplate, type DocumentOptions } from '../../../electron/contract/core.contract.ts'
import { useCore } from '../../app/data.ts'
import { Check } from '../../ui/Check.tsx'
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
  const own = useCore('settings.get', {}, ['settings']).data?.stampLayouts ?? []
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
          {own.map(({ id, name }) => (
            <Chip key={id} on={options.stamp === id} onChange={() => onChange({ ...options, stamp: id })}>
              {name}
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
      <div>
        <div className="lbl mb-1">{t('stamp.ocr')}</div>
        <div className="flex flex-wrap gap-1.5">
          {OcrLanguage.options.map((language) => (
            <Chip
              key={language}
              on={options.ocr.includes(language)}
              onChange={(on) => onChange({ ...options, ocr: withLanguage(options.ocr, language, on) })}
            >
              {t(`stamp.${language}`)}
            </Chip>
          ))}
        </div>
      </div>
      {!brief && (
        <>
          <Field
            label={t('stamp.freeText')}
            value={options.freeText}
            maxLength={200}
            onChange={(freeText) => onChange({ ...options, freeText })}
          />
          <Check on={options.pdfa} onChange={(pdfa) => onChange({ ...options, pdfa })}>
            {t('stamp.pdfa')}
          </Check>
          <div className="grid grid-cols-2 items-start gap-3">
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

/** Always in the same order, so that the same choice is the same document. */
const withLanguage = (chosen: readonly OcrLanguage[], language: OcrLanguage, on: boolean): OcrLanguage[] =>
  OcrLanguage.options.filter((one) => (one === language ? on : chosen.includes(one)))
