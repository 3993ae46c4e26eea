import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StampLayout } from '../../../electron/contract/core.contract.ts'
import { useCore } from '../../app/data.ts'
import { useRoute } from '../../app/routes.ts'
import { Button } from '../../ui/Button.tsx'
import { TextArea } from '../../ui/Field.tsx'
import { Note } from '../../ui/Note.tsx'
import { mergeLayouts, newLayout, parseLayouts } from './stamp-layout.ts'
import { StampEditor } from './StampEditor.tsx'

/** The library's own stamps: made on a page, taken over from and given to other libraries as text. */
export function StampLayouts({
  layouts,
  onChange,
}: {
  layouts: readonly StampLayout[]
  onChange: (layouts: StampLayout[]) => void
}) {
  const { t } = useTranslation()
  const [edited, setEdited] = useState<StampLayout | null>(null)
  const [exchange, setExchange] = useState<string | null>(null)
  const [bad, setBad] = useState(false)
  const open = useRoute((route) => route.open.copy)
  const pages = useCore('pages.list', open ? { requestId: open } : null, ['pages'], open ?? '').data?.pages
  const take = () => {
    const others = parseLayouts(exchange ?? '')
    setBad(!others)
    if (!others) return
    onChange(mergeLayouts(layouts, others))
    setExchange(null)
  }
  return (
    <div className="grid gap-3">
      <div>
        <div className="font-medium">{t('layout.title')}</div>
        <div className="text-sm text-ink-2">{t('layout.hint')}</div>
      </div>
      {layouts.length === 0 && <div className="text-ink-3">{t('layout.empty')}</div>}
      <ul className="grid gap-1.5">
        {layouts.map((layout) => (
          <li key={layout.id} className="flex items-center gap-2">
            <span className="ell min-w-0 flex-1">{layout.name}</span>
            <Button size="small" aria-label={`${t('layout.edit')} ${layout.name}`} onClick={() => setEdited(layout)}>
              {t('layout.edit')}
            </Button>
            <Button
              size="small"
              kind="quiet"
              aria-label={`${t('layout.remove')} ${layout.name}`}
              onClick={() => onChange(layouts.filter(({ id }) => id !== layout.id))}
            >
              {t('layout.remove')}
            </Button>
          </li>
        ))}
      </ul>
      <div className="flex gap-2">
        <Button icon={Plus} onClick={() => setEdited(newLayout(t('layout.new')))}>
          {t('layout.add')}
        </Button>
        <Button
          aria-expanded={exchange !== null}
          onClick={() => setExchange(exchange === null ? JSON.stringify(layouts, null, 1) : null)}
        >
          {t('layout.exchange')}
        </Button>
      </div>
      {exchange !== null && (
        <div className="grid gap-2">
          <TextArea
            label={t('layout.exchange')}
            hint={t('layout.exchangeHint')}
            value={exchange}
            rows={8}
            onChange={setExchange}
          />
          {bad && <Note tone="bad">{t('layout.bad')}</Note>}
          <div>
            <Button onClick={take}>{t('layout.import')}</Button>
          </div>
        </div>
      )}
      {edited && (
        <StampEditor
          layout={edited}
          page={pages?.[0]}
          onClose={() => setEdited(null)}
          onSave={(layout) => {
            onChange(
              layouts.some(({ id }) => id === layout.id)
                ? layouts.map((one) => (one.id === layout.id ? layout : one))
                : [...layouts, layout],
            )
            setEdited(null)
          }}
        />
      )}
    </div>
  )
}
