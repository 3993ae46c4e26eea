import { X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PrintKind } from '../../../electron/contract/core.contract.ts'
import { attempt } from '../../app/act.ts'
import { core } from '../../host.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'
import { PrintPreview } from './PrintPreview.tsx'

/** Kinds that have an object to name; blank forms are printed where their numbers are given out. */
const KINDS = [
  'pullSlip',
  'separatorSheet',
  'coverPage',
  'bookSlip',
  'addressLabel',
  'receipt',
  'overdueNotice',
  'bagLabel',
  'contentsList',
  'manifest',
] as const satisfies readonly PrintKind[]
type Kind = (typeof KINDS)[number]
/** What a code must name for each kind. */
const NEEDS: Readonly<Record<Kind, readonly string[]>> = {
  pullSlip: ['request'],
  separatorSheet: ['request'],
  coverPage: ['request'],
  bookSlip: ['request'],
  addressLabel: ['request', 'bag'],
  receipt: ['request', 'manifest'],
  overdueNotice: ['request'],
  bagLabel: ['bag'],
  contentsList: ['bag'],
  manifest: ['manifest'],
}

/** Any slip for whatever is scanned or typed: for the moment when a slip was lost or a sheet is wanted out of turn. */
export function PrintOther({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const [kind, setKind] = useState<Kind>('separatorSheet')
  const [text, setText] = useState('')
  const [wrong, setWrong] = useState('')
  const [chosen, setChosen] = useState<{ id: string; name: string }[]>([])
  const [preview, setPreview] = useState(false)
  const add = async () => {
    const code = text.trim()
    if (code === '') {
      if (chosen.length > 0) setPreview(true)
      return
    }
    const found = await attempt(() => core('code.resolve', { text: code }))
    if (!found) return
    const id = found.kind === 'item' ? found.requestId : 'id' in found ? found.id : ''
    const what = found.kind === 'item' ? 'request' : found.kind
    if (id === '' || !NEEDS[kind].includes(what)) return setWrong(t('printOther.wrong', { code }))
    setWrong('')
    setText('')
    if (!chosen.some((one) => one.id === id)) setChosen([...chosen, { id, name: code }])
  }
  if (preview) {
    return <PrintPreview kind={kind} objectIds={chosen.map(({ id }) => id)} onClose={onClose} />
  }
  return (
    <Dialog
      title={t('printOther.title')}
      open
      onClose={onClose}
      onSubmit={() => void add()}
      footer={
        <Button kind="primary" disabled={chosen.length === 0} data-action="preview" onClick={() => setPreview(true)}>
          {t('print.preview')}
        </Button>
      }
    >
      <Select
        label={t('printOther.kind')}
        value={kind}
        options={KINDS.map((id) => ({ id, label: t(`printKind.${id}`) }))}
        onChange={(next) => {
          setKind(next)
          setChosen([])
          setWrong('')
        }}
      />
      <div className="flex items-end gap-2">
        <div className="flex-1">
          <Field
            label={t(`printOther.needs.${NEEDS[kind].join('_')}`)}
            value={text}
            onChange={setText}
            error={wrong || undefined}
            mono
            autoFocus
            maxLength={200}
            data-scan="text"
          />
        </div>
        <Button type="submit" className="h-8">
          {t('ui.add')}
        </Button>
      </div>
      {chosen.length > 0 && (
        <ul className="divide-y divide-line rounded-md border border-line">
          {chosen.map(({ id, name }) => (
            <li key={id} className="flex h-8 items-center gap-2 pr-1 pl-2.5">
              <span className="mono ell flex-1">{name}</span>
              <IconButton
                icon={X}
                label={t('ui.removeThis', { name })}
                onClick={() => setChosen(chosen.filter((one) => one.id !== id))}
              />
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  )
}
