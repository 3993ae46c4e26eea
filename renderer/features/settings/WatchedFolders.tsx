import { FolderPlus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { WatchedFolderView } from '../../../electron/contract/core.contract.ts'
import { attempt } from '../../app/act.ts'
import { useCore } from '../../app/data.ts'
import { core, main } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { Note } from '../../ui/Note.tsx'
import { Select } from '../../ui/Select.tsx'

const FIELDS = {
  how: ['auto', 'scan'],
  naming: ['folder', 'file', 'none'],
  otherwise: ['desk', 'tray'],
  taken: ['remove', 'keep'],
} as const
type FieldName = keyof typeof FIELDS

/** Folders that overhead scanners, copiers and other programs write to. */
export function WatchedFolders() {
  const { t } = useTranslation()
  const folders = useCore('intake.get', {}, ['intake', 'settings']).data?.folders
  if (!folders) return null
  const add = async () => {
    const chosen = await attempt(() => main('files.chooseFolder', {}))
    if (chosen?.folder) await attempt(() => core('intake.addFolder', { folderId: chosen.folder!.id }))
  }
  return (
    <section className="grid gap-3" aria-label={t('intake.folders')}>
      <div className="flex items-center gap-4">
        <div className="min-w-0 flex-1">
          <div className="font-medium">{t('intake.folders')}</div>
          <div className="text-sm text-ink-2">{t('intake.foldersHint')}</div>
        </div>
        <Button icon={FolderPlus} onClick={() => void add()} data-action="addFolder">
          {t('intake.addFolder')}
        </Button>
      </div>
      {folders.map((folder) => (
        <Folder key={folder.id} folder={folder} />
      ))}
    </section>
  )
}

function Folder({ folder }: { folder: WatchedFolderView }) {
  const { t } = useTranslation()
  const set = (change: Partial<Pick<WatchedFolderView, FieldName>>) =>
    void attempt(() => core('intake.setFolder', { id: folder.id, ...change }))
  const fields = (Object.keys(FIELDS) as FieldName[]).filter((field) => folder.how === 'auto' || field === 'how')
  const { lastRefused } = folder
  return (
    <article
      aria-label={folder.place}
      data-folder={folder.state}
      className="grid gap-3 rounded-lg border border-line bg-panel px-3.5 py-3"
    >
      <div className="flex items-center gap-3">
        <span className="mono ell min-w-0 flex-1" title={folder.place}>
          {folder.place}
        </span>
        {folder.how === 'auto' && (
          <span className="flex-none text-sm text-ink-2" role="status">
            {folder.pending > 0
              ? t('intake.pending', { count: folder.pending })
              : t(`intake.folderState.${folder.state}`)}
          </span>
        )}
        <Button
          size="small"
          kind="quiet"
          onClick={() => void attempt(() => core('intake.removeFolder', { id: folder.id }))}
          aria-label={t('ui.removeThis', { name: folder.place })}
        >
          {t('ui.remove')}
        </Button>
      </div>
      <div className="grid grid-cols-2 gap-3">
        {fields.map((field) => (
          <Select
            key={field}
            label={t(`intake.field.${field}`)}
            value={folder[field] as string}
            options={FIELDS[field].map((id) => ({ id, label: t(`intake.${field}.${id}`) }))}
            onChange={(value) => set({ [field]: value })}
          />
        ))}
      </div>
      {folder.how === 'auto' && folder.state !== 'watching' && (
        <Note tone="warn">{t(`intake.folderTrouble.${folder.state}`)}</Note>
      )}
      {lastRefused && <Note tone="warn">{t(`intake.refused.${lastRefused.why}`, { name: lastRefused.name })}</Note>}
    </article>
  )
}
