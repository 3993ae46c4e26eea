import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { libraryName } from '../../../app/format.ts'
import { useHello } from '../../../app/hooks.ts'
import { openOverlay, useOverlay } from '../../../app/windows.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Note } from '../../../ui/Note.tsx'
import { Fact } from '../../../ui/Place.tsx'
import { Appearance } from '../../settings/Appearance.tsx'
import { WatchedFolders } from '../../settings/WatchedFolders.tsx'
import { PrinterTest } from './PrinterTest.tsx'
import { ScannerTest } from './ScannerTest.tsx'
import { Steps, STEPS, type Step } from './Steps.tsx'

/** The rest of the first run, after enrolment: every step can be left out and done later in the settings. */
export function SetUp() {
  const { t } = useTranslation()
  const open = useOverlay((state) => state.open) === 'setUp'
  const signedIn = Boolean(useHello().data?.me)
  const [at, setAt] = useState<Step>('look')
  const shown = open && signedIn
  const leave = () => {
    openOverlay(null)
    setAt('look')
  }
  const next = STEPS[STEPS.indexOf(at) + 1]
  const before = at === 'look' ? undefined : STEPS[STEPS.indexOf(at) - 1]
  return (
    <Dialog
      title={t('setUp.title')}
      open={shown}
      onClose={leave}
      onSubmit={() => (next ? setAt(next) : leave())}
      width="wide"
      footer={
        <>
          <Button kind="quiet" onClick={leave} data-action="setup-later">
            {t('setUp.later')}
          </Button>
          <span className="flex-1" />
          {before && <Button onClick={() => setAt(before)}>{t('setUp.back')}</Button>}
          <Button kind="primary" type="submit" data-action="setup-next">
            {t(next ? 'setUp.next' : 'setUp.finish')}
          </Button>
        </>
      }
    >
      {shown && (
        <>
          <Steps at={at} />
          <div role="group" aria-label={t(`setUp.${at}.name`)} className="mt-2 grid min-h-[400px] content-start gap-4">
            <p className="text-ink-2">{t(`setUp.${at}.about`)}</p>
            <Body step={at} />
          </div>
        </>
      )}
    </Dialog>
  )
}

function Body({ step }: { step: Step }) {
  const { t, i18n } = useTranslation()
  const hello = useHello().data
  if (step === 'scanner') return <ScannerTest choose />
  if (step === 'printer') return <PrinterTest choose />
  if (step === 'folders')
    return (
      <>
        <WatchedFolders />
        <Note tone="plain">{t('setUp.after')}</Note>
      </>
    )
  const library = hello?.desk?.library
  return (
    <>
      <div className="grid grid-cols-3 gap-4 border-b border-line pb-4">
        <Fact label={t('settings.library')}>{library && libraryName(library, i18n.language)}</Fact>
        <Fact label={t('settings.desk')}>{hello?.desk?.name}</Fact>
        <Fact label={t('settings.person')}>{hello?.me?.name}</Fact>
      </div>
      <Appearance brief />
    </>
  )
}
