import { useTranslation } from 'react-i18next'
import { ScannerChoice } from '../copy/ScannerChoice.tsx'
import { AddressRange } from '../../../electron/contract/core.contract.ts'
import { AddressList } from './AddressList.tsx'
import { ScannerCertificates } from './ScannerCertificates.tsx'
import { Field } from '../../ui/Field.tsx'
import { ScannerTest } from '../welcome/set-up/ScannerTest.tsx'
import { Line } from './Line.tsx'
import { Managed } from './Managed.tsx'
import { PedalSetting } from './PedalSetting.tsx'
import { useSettings } from './useSettings.ts'

/** The scanner of this desk. */
export function ScannerSettings() {
  const { t } = useTranslation()
  const { settings, set } = useSettings()
  if (!settings) return null
  return (
    <>
      <ScannerChoice profile={settings.scan} onChange={(scan) => set({ scan })} />
      <ScannerTest />
      <PedalSetting value={settings.pedalKey} onChange={(pedalKey) => set({ pedalKey })} />
      <Line setting="keepPagesDays" title={t('settings.keepPages')} hint={t('settings.keepPagesHint')}>
        <Field
          label={t('settings.keepPages')}
          hideLabel
          inputMode="numeric"
          className="w-24 text-right"
          value={String(settings.keepPagesDays)}
          onChange={(text) => {
            const days = Number(text)
            if (Number.isInteger(days) && days >= 0 && days <= 3650) set({ keepPagesDays: days })
          }}
        />
      </Line>
      <Managed setting="scannerAddresses">
        <AddressList
          label={t('settings.scannerAddress')}
          hint="http://192.168.1.20/eSCL"
          value={settings.scannerAddresses}
          onChange={(scannerAddresses) => set({ scannerAddresses })}
        />
      </Managed>
      <Managed setting="houseRanges">
        <AddressList
          label={t('settings.houseRanges')}
          hint="202.112.0.0/16"
          about={t('settings.houseRangesHint')}
          wrong={(text) => (AddressRange.safeParse(text).success ? undefined : t('settings.houseRangesWrong'))}
          value={settings.houseRanges}
          onChange={(houseRanges) => set({ houseRanges })}
        />
      </Managed>
      <ScannerCertificates />
    </>
  )
}
