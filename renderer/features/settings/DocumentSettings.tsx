import { useTranslation } from 'react-i18next'
import { Choices, Switch } from '../../ui/Check.tsx'
import { DocumentOptionFields } from '../copy/DocumentOptionFields.tsx'
import { Line } from './Line.tsx'
import { Managed } from './Managed.tsx'
import { StampLayouts } from './StampLayouts.tsx'
import { useSettings } from './useSettings.ts'

/** How copies are stamped and made small unless the desk says otherwise for one, and what is done with PDFs of others. */
export function DocumentSettings() {
  const { t } = useTranslation()
  const { settings, set } = useSettings()
  if (!settings) return null
  const { receivedPdf } = settings
  return (
    <>
      <p className="text-ink-2">{t('settings.documentHint')}</p>
      <Managed setting="document">
        <DocumentOptionFields options={settings.document} onChange={(document) => set({ document })} />
      </Managed>
      <Managed setting="stampLayouts">
        <StampLayouts layouts={settings.stampLayouts} onChange={(stampLayouts) => set({ stampLayouts })} />
      </Managed>
      <Managed setting="receivedPdf">
        <Choices
          label={t('received.restricted')}
          value={receivedPdf.restricted}
          options={(['warn', 'refuse'] as const).map((id) => ({ id, label: t(`received.${id}`) }))}
          onChange={(restricted) => set({ receivedPdf: { ...receivedPdf, restricted } })}
        />
      </Managed>
      <Line setting="receivedPdf" title={t('received.keepSigned')} hint={t('received.keepSignedHint')}>
        <Switch
          on={receivedPdf.keepSigned}
          onChange={(keepSigned) => set({ receivedPdf: { ...receivedPdf, keepSigned } })}
        >
          <span className="sr-only">{t('received.keepSigned')}</span>
        </Switch>
      </Line>
    </>
  )
}
