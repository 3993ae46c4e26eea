import { useTranslation } from 'react-i18next'
import { Field } from '../../ui/Field.tsx'
import { SignaturePad } from '../../ui/SignaturePad.tsx'
import { cx } from '../../ui/cx.ts'
import type { Signing } from './useHandOver.ts'

/** The driver's name and the box to sign in; `touch` = large, for fingers. */
export function SignHere({ signing, touch = false }: { signing: Signing; touch?: boolean }) {
  const { t } = useTranslation()
  return (
    <>
      <Field
        label={t('courier.driver')}
        value={signing.driver}
        onChange={signing.setDriver}
        maxLength={100}
        autoComplete="off"
        data-scan="text"
        className={cx(touch && 'h-11 text-md')}
      />
      <div>
        <div className="lbl mb-1">{t('courier.signature')}</div>
        <div className={cx(touch && '[&_svg[data-signature]]:h-[220px]')}>
          <SignaturePad strokes={signing.strokes} onChange={signing.setStrokes} />
        </div>
        <div className="mt-1 text-sm text-ink-3">
          {t(signing.strokes.length > 0 ? 'courier.signatureBound' : 'courier.signatureHint')}
        </div>
      </div>
    </>
  )
}
