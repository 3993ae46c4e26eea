import { X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SavedView } from '../../../electron/contract/core.contract.ts'
import { attempt } from '../../app/act.ts'
import { useHello } from '../../app/hooks.ts'
import { useRoute } from '../../app/routes.ts'
import { toast } from '../../app/toasts.ts'
import { core } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { openSaved, setView, useQueue } from './store.ts'

const keep = (queueViews: SavedView[]) => attempt(() => core('settings.set', { queueViews }))

/** Views that somebody kept: filter, search, order and groups under a name. */
export function SavedViews() {
  const { t } = useTranslation()
  const views = useHello().data?.settings.queueViews ?? []
  const open = useQueue((state) => state.saved)
  const remove = (gone: SavedView) => {
    void keep(views.filter(({ id }) => id !== gone.id))
    setView('all')
    toast({ tone: 'plain', text: () => t('queue.viewGone', { name: gone.name }), undo: () => void keep(views) })
  }
  return views.map((one) => (
    <span key={one.id} className="relative flex flex-none items-center">
      <Chip on={open === one.id} onChange={() => openSaved(one)} title={one.text || undefined}>
        <span className={open === one.id ? 'pr-4' : ''}>{one.name}</span>
      </Chip>
      {open === one.id && (
        <button
          type="button"
          aria-label={t('queue.removeView', { name: one.name })}
          onClick={() => remove(one)}
          className="absolute right-1 grid size-5 place-items-center rounded-full text-accent hover:bg-hover"
        >
          <X aria-hidden="true" size={12} />
        </button>
      )}
    </span>
  ))
}

/** Asks for the name under which the view as it stands is kept. */
export function SaveViewDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const text = useRoute((route) => route.search)
  const { view, sort, reversed, grouping, partner } = useQueue()
  const views = useHello().data?.settings.queueViews ?? []
  const save = async () => {
    const id = `v${Date.now()}`
    const next: SavedView = { id, name: name.trim(), view, text: text.trim().slice(0, 200), partner, sort, reversed, grouping } // prettier-ignore
    // The same name again is the same view, as it stands now.
    if (await keep([...views.filter((one) => one.name !== next.name), next])) useQueue.setState({ saved: id })
    onClose()
  }
  return (
    <Dialog
      title={t('queue.saveView')}
      open
      onClose={onClose}
      onSubmit={() => name.trim() && void save()}
      width="small"
      footer={
        <>
          <Button kind="quiet" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button kind="primary" type="submit" kbd="Enter" disabled={name.trim() === ''}>
            {t('queue.saveViewDo')}
          </Button>
        </>
      }
    >
      <Field label={t('queue.viewName')} value={name} onChange={setName} maxLength={40} autoFocus data-scan="text" />
      <p className="text-ink-2">{t('queue.saveViewHint')}</p>
    </Dialog>
  )
}
