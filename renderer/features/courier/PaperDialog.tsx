import { Plus, Printer, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { attempt } from '../../app/act.ts'
import { useCore } from '../../app/data.ts'
import { isoDay } from '../../app/format.ts'
import { toast } from '../../app/toasts.ts'
import { core, type CoreOut } from '../../host.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Tag } from '../../ui/Chip.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field, TextArea } from '../../ui/Field.tsx'
import { Segments } from '../../ui/Segments.tsx'
import { LibraryPicker } from '../request/LibraryPicker.tsx'
import { printNow } from '../prints/print.ts'

type Form = CoreOut<'paper.list'>[number]
interface Written {
  code: string
  destination: string | null
  seal: string
  items: string
}
const BAGS = 4
const TONE = { blank: 'accent', used: 'ok', void: 'plain' } as const

/** Forms for when the desk is down: printed beforehand, typed in afterwards; and every number that stands for nothing. */
export function PaperDialog({ start, onClose }: { start?: string; onClose: () => void }) {
  const { t } = useTranslation()
  const [part, setPart] = useState<'forms' | 'voids'>('forms')
  /** Undefined until a person chose: then the form whose code was scanned, if one was. */
  const [chosen, setEntering] = useState<Form | null>()
  const forms = useCore('paper.list', {}, ['courier']).data
  const entering = chosen === undefined ? forms?.find((one) => one.number === start && one.state === 'blank') : chosen
  return (
    <Dialog title={t('paper.title')} open onClose={onClose} width="wide">
      {entering ? (
        <Enter form={entering} onDone={() => setEntering(null)} />
      ) : (
        <>
          <div>
            <Segments
              label={t('paper.title')}
              value={part}
              options={(['forms', 'voids'] as const).map((id) => ({ id, label: t(`paper.part.${id}`) }))}
              onChange={setPart}
            />
          </div>
          {part === 'forms' ? <Forms onEnter={setEntering} /> : <Voids />}
        </>
      )}
    </Dialog>
  )
}

function Forms({ onEnter }: { onEnter: (form: Form) => void }) {
  const { t } = useTranslation()
  const { data, reload } = useCore('paper.list', {}, ['courier'])
  const reserve = async () => {
    const made = await attempt(() => core('paper.reserve', { bags: BAGS }))
    if (made) await printNow('blankManifest', [made.number, ...made.codes])
    reload()
  }
  const spoil = async (number: string) => {
    await attempt(() => core('paper.void', { number }))
    reload()
  }
  return (
    <>
      <p className="text-ink-2">{t('paper.note')}</p>
      <ul className="divide-y divide-line border-y border-line">
        {data?.map((form) => (
          <li key={form.number} className="flex h-10 items-center gap-3">
            <span className="mono">{form.number}</span>
            <span className="text-ink-3">{isoDay(form.printedAt)}</span>
            <Tag tone={TONE[form.state]}>{t(`paper.state.${form.state}`)}</Tag>
            <span className="flex-1" />
            {form.state === 'blank' && (
              <>
                <Button
                  size="small"
                  icon={Printer}
                  onClick={() => void printNow('blankManifest', [form.number, ...form.bags])}
                >
                  {t('paper.again')}
                </Button>
                <Button size="small" onClick={() => onEnter(form)} data-action="enterPaper">
                  {t('paper.enter')}
                </Button>
                <Button size="small" kind="danger" onClick={() => void spoil(form.number)}>
                  {t('paper.void')}
                </Button>
              </>
            )}
          </li>
        ))}
        {data?.length === 0 && <li className="py-3 text-ink-3">{t('paper.none')}</li>}
      </ul>
      <div className="flex justify-end">
        <Button kind="primary" size="big" icon={Printer} onClick={() => void reserve()} data-action="reservePaper">
          {t('paper.reserve', { count: BAGS })}
        </Button>
      </div>
    </>
  )
}

function Enter({ form, onDone }: { form: Form; onDone: () => void }) {
  const { t } = useTranslation()
  const blank = (code: string): Written => ({ code, destination: null, seal: '', items: '' })
  const [driver, setDriver] = useState('')
  const [bags, setBags] = useState<Written[]>([blank(form.bags[0] ?? '')])
  const change = (at: number, part: Partial<Written>) =>
    setBags((old) => old.map((bag, index) => (index === at ? { ...bag, ...part } : bag)))
  const next = form.bags.find((code) => !bags.some((bag) => bag.code === code))
  const ready =
    driver.trim() !== '' && bags.length > 0 && bags.every((bag) => bag.code && bag.destination && bag.seal.trim())
  const submit = async () => {
    const written = bags.map((bag) => ({
      code: bag.code,
      destination: bag.destination!,
      seal: bag.seal.trim(),
      items: bag.items.split(/[\s,，、]+/u).filter(Boolean),
    }))
    const done = await attempt(() => core('paper.enter', { number: form.number, driver: driver.trim(), bags: written }))
    if (!done) return
    if (done.unknown.length > 0) toast({ tone: 'bad', text: () => t('paper.unknown', { codes: done.unknown.join(', ') }), ms: 15_000 }) // prettier-ignore
    toast({ tone: 'ok', text: () => t('paper.entered', { number: form.number, count: done.items }) })
    onDone()
  }
  return (
    <>
      <b className="mono text-md">{form.number}</b>
      <Field label={t('courier.driver')} value={driver} onChange={setDriver} maxLength={100} data-scan="text" />
      {bags.map((bag, at) => (
        <section key={bag.code} className="grid gap-2.5 rounded-lg border border-line px-3.5 py-3">
          <div className="flex items-center gap-2">
            <b className="mono flex-1">{bag.code}</b>
            <IconButton
              icon={Trash2}
              label={t('paper.dropBag')}
              onClick={() => setBags((old) => old.filter((_, index) => index !== at))}
            />
          </div>
          <LibraryPicker value={bag.destination} onChange={(destination) => change(at, { destination })} required />
          <Field
            label={t('courier.sealNumber')}
            value={bag.seal}
            onChange={(seal) => change(at, { seal })}
            maxLength={64}
            mono
          />
          <TextArea
            label={t('paper.items')}
            value={bag.items}
            onChange={(items) => change(at, { items })}
            data-scan="text"
          />
        </section>
      ))}
      <div className="flex items-center justify-end gap-2">
        {next !== undefined && (
          <Button icon={Plus} onClick={() => setBags((old) => [...old, blank(next)])}>
            {t('paper.addBag')}
          </Button>
        )}
        <Button onClick={onDone}>{t('ui.cancel')}</Button>
        <Button kind="primary" size="big" disabled={!ready} onClick={() => void submit()} data-action="submitPaper">
          {t('paper.submit')}
        </Button>
      </div>
    </>
  )
}

function Voids() {
  const { t } = useTranslation()
  const { data } = useCore('manifest.voids', {}, ['courier', 'refused', 'outbox'])
  return (
    <ul className="divide-y divide-line border-y border-line">
      {data?.map((one) => (
        <li key={one.number} className="flex h-9 items-center gap-3">
          <span className="mono flex-1">{one.number}</span>
          <span className="text-ink-2">{t(`paper.why.${one.why}`)}</span>
        </li>
      ))}
      {data?.length === 0 && <li className="py-3 text-ink-3">{t('paper.noVoids')}</li>}
    </ul>
  )
}
