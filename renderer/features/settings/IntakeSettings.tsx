import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCore } from '../../app/data.ts'
import { Button } from '../../ui/Button.tsx'
import { Switch } from '../../ui/Check.tsx'
import { Field } from '../../ui/Field.tsx'
import { Note } from '../../ui/Note.tsx'
import { PrintSetup } from '../intake/PrintSetup.tsx'
import { Line } from './Line.tsx'
import { WatchedFolders } from './WatchedFolders.tsx'
import { useSettings } from './useSettings.ts'

/** Ways in beside the scanner: other programs print into the desk, or write to folders it watches. */
export function IntakeSettings() {
  return (
    <>
      <PrintIntoDesk />
      <WatchedFolders />
    </>
  )
}

function PrintIntoDesk() {
  const { t } = useTranslation()
  const { settings, set } = useSettings()
  const intake = useCore('intake.get', {}, ['intake', 'settings']).data
  if (!settings || !intake) return null
  const { printIntoDesk } = settings
  const { state, port, queue } = intake.printer
  return (
    <section className="grid gap-4" aria-label={t('intake.printTitle')} data-desk-printer={state}>
      <Line setting="printIntoDesk" title={t('intake.printTitle')} hint={t('intake.printHint', { queue })}>
        <Switch on={printIntoDesk.on} onChange={(on) => set({ printIntoDesk: { ...printIntoDesk, on } })}>
          <span className="sr-only">{t('intake.printTitle')}</span>
        </Switch>
      </Line>
      <Note tone={state === 'listening' ? 'ok' : state === 'off' ? 'plain' : 'warn'}>
        {t(`intake.printer.${state}`, { port })}
      </Note>
      {printIntoDesk.on && (
        <>
          <Port
            port={printIntoDesk.port}
            onChange={(next) => set({ printIntoDesk: { ...printIntoDesk, port: next } })}
          />
          <PrintSetup intake={intake} />
        </>
      )}
    </section>
  )
}

function Port({ port, onChange }: { port: number; onChange: (port: number) => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState(String(port))
  useEffect(() => setText(String(port)), [port])
  const wanted = /^\d{4,5}$/.test(text) ? Number(text) : 0
  const right = wanted >= 1024 && wanted <= 65_535
  return (
    <form
      className="flex items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (right) onChange(wanted)
      }}
    >
      <Field
        label={t('intake.port')}
        value={text}
        onChange={setText}
        mono
        inputMode="numeric"
        maxLength={5}
        data-scan="text"
        error={right ? undefined : t('intake.portWrong')}
        hint={t('intake.portHint')}
      />
      {right && wanted !== port && <Button type="submit">{t('ui.ok')}</Button>}
    </form>
  )
}
