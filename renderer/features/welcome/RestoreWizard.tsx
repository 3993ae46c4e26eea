import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Refusal } from '../../../electron/contract/main.contract.ts'
import { moment, size } from '../../app/format.ts'
import { useNow } from '../../app/hooks.ts'
import { main } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { Note } from '../../ui/Note.tsx'
import { cx } from '../../ui/cx.ts'

/** A database that cannot be opened: its backups, newest first, and what putting one in place means. */
export default function RestoreWizard({ refusal }: { refusal: Refusal }) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const backups = refusal.backups ?? []
  const keyLost = refusal.code === 'key_missing' || refusal.code === 'recovery_key_wrong'
  const [chosen, setChosen] = useState(backups[0]?.id)
  const [key, setKey] = useState('')
  const [busy, setBusy] = useState(false)
  const mend = async (order: { backup?: string; recoveryKey?: string }) => {
    setBusy(true)
    await main('core.recover', order).catch(() => {})
    setBusy(false)
  }
  if (keyLost)
    return (
      <form
        className="grid gap-4"
        data-restore="key"
        onSubmit={(event) => {
          event.preventDefault()
          void mend({ recoveryKey: key })
        }}
      >
        <Field
          label={t('restore.key')}
          hint={t('restore.keyHint')}
          value={key}
          onChange={setKey}
          mono
          autoComplete="off"
          autoFocus
        />
        <Button kind="primary" size="big" type="submit" disabled={busy || key.trim().length < 40}>
          {t('restore.useKey')}
        </Button>
      </form>
    )
  if (backups.length === 0) return <Note tone="warn">{t('restore.none')}</Note>
  return (
    <div className="grid gap-4" data-restore="backups">
      <p className="text-ink-2">{t('restore.intro')}</p>
      <div role="group" aria-label={t('restore.choose')} className="grid max-h-[220px] gap-px overflow-auto">
        {backups.map((backup) => (
          <button
            key={backup.id}
            type="button"
            aria-pressed={backup.id === chosen}
            data-backup={backup.id}
            onClick={() => setChosen(backup.id)}
            className={cx(
              'flex h-10 items-center gap-2.5 rounded-md px-2.5 text-left',
              backup.id === chosen ? 'bg-accent-soft font-semibold' : 'hover:bg-hover',
            )}
          >
            <span className="flex-1">{moment(backup.at, i18n.language, now, t)}</span>
            <span className="text-sm font-normal text-ink-2">
              {t('restore.holds', { requests: backup.requests, size: size(backup.bytes, i18n.language) })}
            </span>
          </button>
        ))}
      </div>
      <p className="text-sm text-ink-2">{t('restore.after')}</p>
      <Button
        kind="primary"
        size="big"
        autoFocus
        data-action="restore"
        disabled={busy || chosen === undefined}
        onClick={() => chosen !== undefined && void mend({ backup: chosen })}
      >
        {busy ? t('restore.busy') : t('restore.do')}
      </Button>
    </div>
  )
}
