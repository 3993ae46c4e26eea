import { useTranslation } from 'react-i18next'
import { DocumentOptionFields } from '../copy/DocumentOptionFields.tsx'
import { useSettings } from './useSettings.ts'

/** How copies are stamped and made small unless the desk says otherwise for one. */
export function DocumentSettings() {
  const { t } = useTranslation()
  const { settings, set } = useSettings()
  if (!settings) return null
  return (
    <>
      <p className="text-ink-2">{t('settings.documentHint')}</p>
      <DocumentOptionFields options={settings.document} onChange={(document) => set({ document })} />
    </>
  )
}
