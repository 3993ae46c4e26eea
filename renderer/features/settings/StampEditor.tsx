import { Plus, Trash2 } from 'lucide-react'
import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { PageView, StampField, StampLayout } from '../../../electron/contract/core.contract.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { cx } from '../../ui/cx.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'
import { AdjustedImage, sizesOf } from '../copy/AdjustedImage.tsx'
import { newField, place, sampleText } from './stamp-layout.ts'

const WIDTH = 400
const A4_POINTS = 595
const STEP = 0.005

/** Lines of a stamp on a page: dragged or moved by arrow keys, written and sized beside it. */
export function StampEditor({
  layout,
  page,
  onSave,
  onClose,
}: {
  layout: StampLayout
  /** A page of the desk's own, where there is one. */
  page: PageView | undefined
  onSave: (layout: StampLayout) => void
  onClose: () => void
}) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState(layout)
  const [at, setAt] = useState(0)
  const sheet = useRef<HTMLDivElement>(null)
  const kept = page && sizesOf(page).kept
  const height = Math.round(kept ? (WIDTH * kept.tall) / kept.wide : WIDTH * 1.414)
  const field = draft.fields[at]
  const change = (index: number, part: Partial<StampField>) =>
    setDraft((old) => ({ ...old, fields: old.fields.map((one, i) => (i === index ? { ...one, ...part } : one)) }))
  const drag = (event: PointerEvent<HTMLButtonElement>, index: number) => {
    const box = sheet.current?.getBoundingClientRect()
    if (!box || event.buttons !== 1) return
    const own = draft.fields[index]!
    change(index, { x: place(own.x + event.movementX / box.width), y: place(own.y + event.movementY / box.height) })
  }
  const nudge = (event: KeyboardEvent, index: number) => {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key]
    if (!way) return
    event.preventDefault()
    const own = draft.fields[index]!
    change(index, { x: place(own.x + way[0]! * STEP), y: place(own.y + way[1]! * STEP) })
  }
  const number = (label: string, value: number, low: number, high: number, onValue: (value: number) => void) => (
    <Field
      label={label}
      type="number"
      min={low}
      max={high}
      step="any"
      value={String(value)}
      onChange={(text) => onValue(Math.min(high, Math.max(low, Number(text) || low)))}
    />
  )
  const name = draft.name.trim()
  return (
    <Dialog
      title={t('layout.title')}
      open
      width="wide"
      onClose={onClose}
      onSubmit={() => name !== '' && onSave({ ...draft, name })}
      footer={
        <Button kind="primary" type="submit" disabled={name === '' || draft.fields.length === 0}>
          {t('ui.save')}
        </Button>
      }
    >
      <div className="grid grid-cols-[400px_minmax(0,1fr)] gap-5 max-[820px]:grid-cols-1">
        <div
          ref={sheet}
          role="group"
          aria-label={t('layout.page')}
          className="relative flex-none overflow-hidden bg-white text-[#000] shadow-paper"
          style={{ width: WIDTH, height }}
        >
          {page && kept && (
            <div className="absolute top-0 left-0 opacity-60">
              <AdjustedImage page={page} scale={WIDTH / kept.wide} label={t('layout.page')} />
            </div>
          )}
          {draft.fields.map((one, index) => (
            <button
              key={index}
              type="button"
              aria-label={t('layout.move', { n: index + 1 })}
              aria-pressed={index === at}
              onPointerDown={(event) => {
                setAt(index)
                event.currentTarget.setPointerCapture(event.pointerId)
              }}
              onPointerMove={(event) => drag(event, index)}
              onKeyDown={(event) => nudge(event, index)}
              onFocus={() => setAt(index)}
              className={cx(
                'absolute cursor-move leading-none whitespace-pre',
                index === at ? 'outline-2 outline-accent' : 'outline-1 outline-dashed outline-line-2',
              )}
              style={{
                left: one.x * WIDTH,
                top: one.y * height,
                fontSize: (one.size * WIDTH) / A4_POINTS,
                transform: `translate(${{ left: 0, centre: -50, right: -100 }[one.align]}%, -80%)`,
              }}
            >
              {sampleText(one.text) || '·'}
            </button>
          ))}
        </div>
        <div className="grid content-start gap-3">
          <Field
            label={t('layout.name')}
            value={draft.name}
            maxLength={60}
            onChange={(text) => setDraft({ ...draft, name: text })}
          />
          {field && (
            <>
              <Field
                label={t('layout.field')}
                hint={t('layout.names')}
                value={field.text}
                maxLength={200}
                onChange={(text) => change(at, { text })}
              />
              {/* On the page it stands as small as it is printed. */}
              <div className="text-ink-2">{t('layout.reads', { text: sampleText(field.text) || '—' })}</div>
              <div className="grid grid-cols-3 gap-3">
                {number(t('layout.size'), field.size, 4, 48, (size) => change(at, { size }))}
                {number(t('layout.x'), Math.round(field.x * 1000) / 10, 0, 100, (x) =>
                  change(at, { x: place(x / 100) }),
                )}
                {number(t('layout.y'), Math.round(field.y * 1000) / 10, 0, 100, (y) =>
                  change(at, { y: place(y / 100) }),
                )}
              </div>
              <div className="grid grid-cols-2 gap-3">
                <Select
                  label={t('layout.align')}
                  value={field.align}
                  options={(['left', 'centre', 'right'] as const).map((id) => ({ id, label: t(`layout.${id}`) }))}
                  onChange={(align) => change(at, { align })}
                />
                <Select
                  label={t('layout.on')}
                  value={field.on}
                  options={(['all', 'first', 'last'] as const).map((id) => ({ id, label: t(`layout.${id}`) }))}
                  onChange={(on) => change(at, { on })}
                />
              </div>
            </>
          )}
          <div className="flex gap-2">
            <Button
              icon={Plus}
              disabled={draft.fields.length >= 20}
              onClick={() => {
                setDraft({ ...draft, fields: [...draft.fields, newField(0.5)] })
                setAt(draft.fields.length)
              }}
            >
              {t('layout.addField')}
            </Button>
            <IconButton
              icon={Trash2}
              label={t('layout.removeField')}
              disabled={draft.fields.length < 2}
              onClick={() => {
                setDraft({ ...draft, fields: draft.fields.filter((_, i) => i !== at) })
                setAt(0)
              }}
            />
          </div>
        </div>
      </div>
    </Dialog>
  )
}
