import { ScanLine } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeskError } from '../../../../electron/contract/errors.ts'
import { asDeskError, useCore } from '../../../app/data.ts'
import { ErrorNote } from '../../../app/ErrorNote.tsx'
import { count, size } from '../../../app/format.ts'
import { blobUrl, core, type CoreOut } from '../../../host.ts'
import { Button } from '../../../ui/Button.tsx'
import { Note } from '../../../ui/Note.tsx'
import { Fact } from '../../../ui/Place.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { fitProfile, ScannerChoice } from '../../copy/ScannerChoice.tsx'
import { useSettings } from '../../settings/useSettings.ts'

/** Scans one page to look at; it goes to no request. @param choose the scanner is chosen here as well */
export function ScannerTest({ choose = false }: { choose?: boolean }) {
  const { t, i18n } = useTranslation()
  const { settings, set } = useSettings()
  const [page, setPage] = useState<CoreOut<'scan.test'> | null>(null)
  const [error, setError] = useState<DeskError | null>(null)
  const [busy, setBusy] = useState(false)
  const profile = settings?.scan
  const scanners = useCore('scanner.list', choose ? { refresh: false } : null, ['devices']).data
  const nearest = settings && profile === null ? scanners?.[0] : undefined
  useEffect(() => {
    // On a first day the only scanner there is needs no choosing.
    if (nearest) set({ scan: fitProfile(nearest, null) })
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once a scanner
  }, [nearest?.id])
  const scan = async () => {
    if (!profile) return
    setBusy(true)
    setError(null)
    setPage(null)
    await core('scan.test', { profile }).then(setPage, (failure: unknown) => setError(asDeskError(failure)))
    setBusy(false)
  }
  if (!settings) return null
  return (
    <>
      {choose && <ScannerChoice profile={settings.scan} onChange={(scan) => set({ scan })} />}
      <div className="flex items-center gap-4">
        <div className="min-w-0 flex-1">
          <div className="font-medium">{t('setUp.scanner.test')}</div>
          <div className="text-sm text-ink-2">{t('setUp.scanner.testHint')}</div>
        </div>
        <Button icon={ScanLine} disabled={busy || !profile} onClick={() => void scan()} data-action="testScan">
          {t(busy ? 'setUp.scanner.busy' : 'setUp.scanner.do')}
        </Button>
      </div>
      {error && <ErrorNote code={error.code} params={error.params} />}
      {busy && <Skeleton w="100%" h={180} />}
      {page && (
        <div className="grid grid-cols-[minmax(0,240px)_minmax(0,1fr)] gap-5" data-test-page>
          {page.blob ? (
            <img
              src={blobUrl(page.blob)}
              alt={t('setUp.scanner.page')}
              className="max-h-72 w-full rounded-sm bg-white object-contain shadow-paper"
            />
          ) : (
            <p className="text-ink-2">{t('setUp.scanner.notShown')}</p>
          )}
          <div className="grid content-start gap-3">
            <Note tone="ok">{t('setUp.scanner.came')}</Note>
            <div className="grid grid-cols-3 gap-3">
              <Fact label={t('setUp.scanner.pixels')}>
                {page.width > 0 ? `${count(page.width, i18n.language)} × ${count(page.height, i18n.language)}` : '—'}
              </Fact>
              <Fact label={t('scan.dpi')}>{page.dpi} dpi</Fact>
              <Fact label={t('setUp.scanner.bytes')}>{size(page.bytes, i18n.language)}</Fact>
            </div>
          </div>
        </div>
      )}
    </>
  )
}
