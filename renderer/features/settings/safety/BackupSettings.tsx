import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { attempt } from '../../../app/act.ts'
import { useCore } from '../../../app/data.ts'
import { errorText } from '../../../app/errors.ts'
import { moment, size } from '../../../app/format.ts'
import { useHello, useNow } from '../../../app/hooks.ts'
import { toast } from '../../../app/toasts.ts'
import { core, main } from '../../../host.ts'
import { Button } from '../../../ui/Button.tsx'
import { Note } from '../../../ui/Note.tsx'
import { Line } from '../Line.tsx'
import { RecoveryKey } from './RecoveryKey.tsx'

/** Daily copies of database and files, a second place for them, and everything as readable files. */
export function BackupSettings() {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const supervisor = useHello().data?.me?.role === 'supervisor'
  const { data: safety, reload } = useCore('safety.get', {}, ['status', 'settings', 'desk'])
  const [busy, setBusy] = useState<'backup' | 'export' | null>(null)
  if (!safety) return null
  const { backups, last, place } = safety.backup
  const newest = backups[0]
  const { lastRestore } = safety

  const work = async (what: 'backup' | 'export', body: () => Promise<void>) => {
    setBusy(what)
    await attempt(body)
    setBusy(null)
    reload()
  }
  const chooseFolder = async () => (await main('files.chooseFolder', {})).folder
  return (
    <section className="grid gap-6" aria-label={t('safety.backups')}>
      {last?.code ? (
        <Note tone="bad">{t('safety.backupFailed', { why: errorText(t, last.code, {}) })}</Note>
      ) : (
        newest && (
          <div data-newest-backup>
            <Note tone="ok">
              {t('safety.newest', {
                time: moment(newest.at, i18n.language, now, t),
                requests: newest.requests,
                size: size(newest.bytes, i18n.language),
              })}
            </Note>
          </div>
        )
      )}
      {last !== null && last.missing > 0 && <Note tone="warn">{t('safety.missing', { count: last.missing })}</Note>}
      {lastRestore && (
        <div data-restored={lastRestore.outcome}>
          <Note tone={lastRestore.outcome === 'all' ? 'plain' : 'warn'}>
            {t(`safety.restored.${lastRestore.outcome}`, { time: moment(lastRestore.from, i18n.language, now, t) })}
          </Note>
        </div>
      )}
      <Line title={t('safety.backups')} hint={t('safety.backupsHint', { count: backups.length })}>
        <Button
          disabled={busy !== null}
          data-action="backup"
          onClick={() => void work('backup', async () => void (await core('backup.make', {})))}
        >
          {busy === 'backup' ? t('safety.backingUp') : t('safety.backupNow')}
        </Button>
      </Line>
      <Line title={t('safety.place')} hint={place === null ? t('safety.placeNone') : t('safety.placeIs', { place })}>
        <span className="flex gap-2">
          {place !== null && (
            <Button
              disabled={!supervisor}
              onClick={() => void work('backup', async () => void (await core('backup.place', { folderId: null })))}
            >
              {t('safety.placeOff')}
            </Button>
          )}
          <Button
            disabled={!supervisor || busy !== null}
            onClick={() =>
              void work('backup', async () => {
                const folder = await chooseFolder()
                if (folder) await core('backup.place', { folderId: folder.id })
              })
            }
          >
            {t('safety.placeChoose')}
          </Button>
        </span>
      </Line>
      <RecoveryKey state={safety.recoveryKey} supervisor={supervisor} />
      <Line title={t('safety.export')} hint={t('safety.exportHint')}>
        <Button
          disabled={!supervisor || busy !== null}
          data-action="export"
          onClick={() =>
            void work('export', async () => {
              const folder = await chooseFolder()
              if (!folder) return
              const { name, files } = await core('backup.export', { folderId: folder.id })
              toast({ tone: 'ok', text: () => t('safety.exported', { name, count: files }), ms: 8000 })
            })
          }
        >
          {busy === 'export' ? t('safety.exporting') : t('safety.exportDo')}
        </Button>
      </Line>
    </section>
  )
}
