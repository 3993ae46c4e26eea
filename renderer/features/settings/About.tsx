import { Check, TriangleAlert } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppInfo } from '../../../electron/contract/main.contract.ts'
import { attempt } from '../../app/act.ts'
import { run } from '../../app/commands.ts'
import { useHello } from '../../app/hooks.ts'
import { core, main, type CoreOut } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { Fact } from '../../ui/Place.tsx'
import { Note } from '../../ui/Note.tsx'

/** Versions, the desk's own check-up, the folder, help. */
export function About() {
  const { t } = useTranslation()
  const hello = useHello().data
  const [info, setInfo] = useState<AppInfo | null>(null)
  const [checks, setChecks] = useState<CoreOut<'doctor.run'> | null>(null)
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    void main('app.info', {})
      .then(setInfo)
      // Versions of the runtime are then left out.
      .catch(() => {})
  }, [])
  const examine = async () => {
    setBusy(true)
    setChecks((await attempt(() => core('doctor.run', {}))) ?? null)
    setBusy(false)
  }
  return (
    <>
      <div className="flex items-center gap-3">
        <span
          aria-hidden="true"
          className="grid size-11 place-items-center rounded-md bg-seal text-2xl font-bold text-seal-ink"
        >
          馆
        </span>
        <div>
          <div className="text-lg font-semibold">{t('app.name')}</div>
          <div className="text-ink-2">{t('app.tagline')}</div>
        </div>
      </div>
      <div className="grid grid-cols-3 gap-3">
        <Fact label={t('about.version')}>{hello?.version}</Fact>
        <Fact label="Electron">{info?.electron ?? '—'}</Fact>
        <Fact label="Chromium">{info?.chromium ?? '—'}</Fact>
      </div>
      {info?.runtime === 'rehearsal' && <Note tone="warn">{t('about.rehearsalRuntime')}</Note>}
      <div className="flex flex-wrap gap-2">
        <Button disabled={busy} data-action="examine" onClick={() => void examine()}>
          {busy ? t('about.checking') : t('about.check')}
        </Button>
        <Button onClick={() => void attempt(() => main('files.showData', {}))}>{t('about.folder')}</Button>
        <Button onClick={() => run('app.setUp')}>{t('command.app.setUp')}</Button>
        <Button onClick={() => run('app.whatsNew')}>{t('command.app.whatsNew')}</Button>
        <Button kbd="?" onClick={() => run('app.help')}>
          {t('command.app.help')}
        </Button>
      </div>
      {checks && (
        <ul data-checks className="divide-y divide-line rounded-lg border border-line bg-panel">
          {checks.map((one, at) => (
            <li key={at} className="flex min-h-9 items-center gap-2.5 px-3 py-1">
              {one.ok ? (
                <Check aria-label={t('about.ok')} size={15} className="flex-none text-ok" />
              ) : (
                <TriangleAlert aria-label={t('about.notOk')} size={15} className="flex-none text-amber" />
              )}
              <span className="min-w-0 flex-1">
                {t(`doctor.${one.check}`, { defaultValue: one.check })}
                {one.code === 'machine_settings_wrong' && (
                  <span className="block text-sm break-words text-ink-2">
                    {t('about.machineLine', { line: one.params['line'], key: one.params['key'] })}{' '}
                    {one.params['message']}
                  </span>
                )}
              </span>
              <span className="mono text-ink-2">{one.code}</span>
            </li>
          ))}
        </ul>
      )}
      <p className="text-sm text-ink-2">{t('about.licence')}</p>
    </>
  )
}
