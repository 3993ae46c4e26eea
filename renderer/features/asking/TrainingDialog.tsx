import { X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TrainingPaper } from '../../../electron/contract/ops.contract.ts'
import { act } from '../../app/act.ts'
import { isoDay } from '../../app/format.ts'
import { useHello } from '../../app/hooks.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { DateField } from '../../ui/DateField.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'

interface PaperLine {
  kind: TrainingPaper['kind']
  title: string
  count: string
}
const NEW_LINE: PaperLine = { kind: 'exam', title: '', count: '1' }
const KINDS = TrainingPaper.shape.kind.options

/** A whole number from 1 on, or null. */
const counted = (text: string) => (/^[1-9]\d{0,4}$/.test(text.trim()) ? Number(text) : null)

/** A training that was held: when, what, how many came, what it left behind (tests, articles, hand-outs). */
export function TrainingDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const me = useHello().data?.me
  const [date, setDate] = useState(() => isoDay(Date.now()))
  const [kind, setKind] = useState('')
  const [people, setPeople] = useState('')
  const [lines, setLines] = useState<readonly PaperLine[]>([])
  const attendees = counted(people)
  const papers = lines
    .filter((line) => line.title.trim() !== '')
    .map(({ kind: of, title, count }) => ({ kind: of, title: title.trim(), count: counted(count) }))
  const whole = papers.filter((paper) => paper.count !== null) as TrainingPaper[]
  const good = date !== '' && kind.trim() !== '' && attendees !== null && whole.length === papers.length
  const change = (at: number, part: Partial<PaperLine>) =>
    setLines(lines.map((line, n) => (n === at ? { ...line, ...part } : line)))
  const add = async () => {
    if (!good) return
    const held = { date: Date.parse(`${date}T12:00:00+08:00`), staff: me ? [me.id] : [], kind: kind.trim(), attendees }
    if (await act(crypto.randomUUID(), 'trainingHeld', { ...held, papers: whole }, kind.trim())) onClose()
  }
  return (
    <Dialog
      title={t('journal.add')}
      open
      onClose={onClose}
      onSubmit={() => void add()}
      footer={
        <>
          <Button kind="quiet" onClick={onClose} kbd="Escape">
            {t('ui.cancel')}
          </Button>
          <Button kind="primary" type="submit" disabled={!good}>
            {t('ui.save')}
          </Button>
        </>
      }
    >
      <Field label={t('journal.kind')} value={kind} onChange={setKind} maxLength={200} autoFocus />
      <div className="grid grid-cols-2 gap-3">
        <DateField label={t('journal.date')} value={date} onChange={setDate} />
        <Field label={t('journal.people')} value={people} onChange={setPeople} inputMode="numeric" maxLength={5} />
      </div>
      <section className="grid gap-2" aria-label={t('journal.papers')}>
        <div className="lbl">{t('journal.papers')}</div>
        {lines.map((line, at) => (
          <div key={at} className="grid grid-cols-[120px_minmax(0,1fr)_72px_auto] items-center gap-2" data-paper={at}>
            <Select
              label={t('journal.paperKind')}
              hideLabel
              value={line.kind}
              options={KINDS.map((id) => ({ id, label: t(`journal.paper.${id}`) }))}
              onChange={(of) => change(at, { kind: of })}
            />
            <Field
              label={t('journal.paperTitle')}
              hideLabel
              placeholder={t('journal.paperTitle')}
              value={line.title}
              onChange={(title) => change(at, { title })}
              maxLength={200}
            />
            <Field
              label={t('journal.paperCount')}
              hideLabel
              value={line.count}
              onChange={(count) => change(at, { count })}
              inputMode="numeric"
              maxLength={5}
            />
            <IconButton
              icon={X}
              label={t('ui.remove')}
              onClick={() => setLines(lines.filter((_line, n) => n !== at))}
            />
          </div>
        ))}
        {lines.length < 20 && (
          <div>
            <Button size="small" onClick={() => setLines([...lines, NEW_LINE])} data-action="addPaper">
              {t('journal.addPaper')}
            </Button>
          </div>
        )}
      </section>
    </Dialog>
  )
}
