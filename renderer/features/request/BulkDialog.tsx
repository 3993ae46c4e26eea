import { useTranslation } from 'react-i18next'
import { errorText } from '../../app/errors.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Note } from '../../ui/Note.tsx'
import { count } from '../../app/format.ts'
import { Meter } from '../../ui/Meter.tsx'
import { showBulk, stopBulk, useBulk } from './bulk.ts'

/** More refusals than this are counted, not listed. */
const LISTED = 200

/** Says which of many requests an action could not be done for, and why. */
export function BulkDialog() {
  const { t, i18n } = useTranslation()
  const { outcome, progress } = useBulk()
  if (progress)
    return (
      <Dialog
        title={t(`op.${progress.kind}`)}
        open
        onClose={stopBulk}
        width="small"
        footer={<Button onClick={stopBulk}>{t('ui.stop')}</Button>}
      >
        <p role="status">
          {t('bulk.progress', {
            done: count(progress.done, i18n.language),
            total: count(progress.total, i18n.language),
          })}
        </p>
        <Meter label={t(`op.${progress.kind}`)} value={progress.done} max={progress.total} />
      </Dialog>
    )
  if (!outcome) return null
  const close = () => showBulk(null)
  const action = t(`op.${outcome.kind}`)
  const lines = [
    ...outcome.failed.map(({ id, title, error }) => ({ id, title, why: errorText(t, error.code, error.params) })),
    ...outcome.left.map(({ id, title }) => ({ id, title, why: t('bulk.notNow', { action }) })),
  ]
  return (
    <Dialog
      title={t('bulk.title', { action, count: outcome.failed.length + outcome.left.length })}
      open
      onClose={close}
      onSubmit={close}
      footer={
        <Button kind="primary" type="submit" autoFocus>
          {t('ui.understood')}
        </Button>
      }
    >
      {outcome.done > 0 && <Note tone="ok">{t('bulk.done', { action, count: outcome.done })}</Note>}
      <ul className="divide-y divide-line rounded-lg border border-line">
        {lines.slice(0, LISTED).map(({ id, title, why }) => (
          <li key={id} className="grid gap-0.5 px-3 py-2" data-left={id}>
            <div className="flex gap-2">
              <span className="mono text-ink-2">{id}</span>
              <span className="ell">{title}</span>
            </div>
            <div className="text-seal">{why}</div>
          </li>
        ))}
      </ul>
      {lines.length > LISTED && <p className="text-ink-2">{t('bulk.more', { count: lines.length - LISTED })}</p>}
    </Dialog>
  )
}
