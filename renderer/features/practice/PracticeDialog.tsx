import { Check, Minus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Practice } from '../../../electron/contract/core.contract.ts'
import { useHello } from '../../app/hooks.ts'
import { openOverlay, useOverlay } from '../../app/windows.ts'
import { Button } from '../../ui/Button.tsx'
import { Tag } from '../../ui/Chip.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Note } from '../../ui/Note.tsx'
import { LESSONS, type Lesson } from './lessons.ts'
import { begin, nextOf, useFinished } from './practice.ts'

/** Every lesson with how it stands; after the last step of one, what was done in it and which comes next. */
export function PracticeDialog() {
  const open = useOverlay((state) => state.open) === 'practice'
  const { lesson, done } = useFinished()
  const practice = useHello().data?.settings.practice
  const close = () => {
    openOverlay(null)
    useFinished.setState({ lesson: null })
  }
  if (!open || !practice) return null
  return lesson ? (
    <Finished lesson={lesson} done={done} practice={practice} onClose={close} />
  ) : (
    <Lessons practice={practice} onClose={close} />
  )
}

function Lessons({ practice, onClose }: { practice: Practice; onClose: () => void }) {
  const { t } = useTranslation()
  const next = practice.now ?? nextOf(practice.done)
  return (
    <Dialog title={t('practice.title')} open onClose={onClose} width="normal">
      <p className="text-ink-2">{t('practice.about')}</p>
      <ol className="divide-y divide-line border-y border-line">
        {LESSONS.map(({ id, steps }) => {
          const done = practice.done.includes(id)
          const begun = practice.begun[id] !== undefined
          return (
            <li key={id} className="flex items-center gap-3 py-2" data-lesson={id}>
              <span className="min-w-0 flex-1">
                <span className="font-medium">{t(`practice.${id}.title`)}</span>
                <span className="ml-2 text-sm text-ink-3">{t('practice.count', { count: steps.length })}</span>
              </span>
              {done && <Tag tone="ok">✓ {t('practice.done')}</Tag>}
              <Button
                kind={id === next ? 'primary' : 'normal'}
                autoFocus={id === next}
                className="min-w-20"
                onClick={() => void begin(id, practice, !begun)}
                data-action={`practice-${id}`}
              >
                {t(begun ? 'practice.resume' : done ? 'practice.again' : 'practice.begin')}
              </Button>
            </li>
          )
        })}
      </ol>
    </Dialog>
  )
}

function Finished({
  lesson,
  done,
  practice,
  onClose,
}: {
  lesson: Lesson
  done: readonly boolean[]
  practice: Practice
  onClose: () => void
}) {
  const { t } = useTranslation()
  const next = nextOf([...practice.done, lesson.id], lesson.id)
  const goOn = () => {
    useFinished.setState({ lesson: null })
    if (next) void begin(next, practice, practice.begun[next] === undefined)
  }
  return (
    <Dialog
      title={t('practice.finished', { title: t(`practice.${lesson.id}.title`) })}
      open
      onClose={onClose}
      onSubmit={next ? goOn : onClose}
      footer={
        <>
          <Button kind={next ? 'quiet' : 'primary'} onClick={onClose} data-action="practice-close">
            {t('practice.toWork')}
          </Button>
          {next && (
            <Button kind="primary" type="submit" autoFocus data-action="practice-next">
              {t('practice.next', { title: t(`practice.${next}.title`) })}
            </Button>
          )}
        </>
      }
    >
      <ol className="grid gap-1.5">
        {done.map((one, nth) => (
          <li key={nth} className="flex items-start gap-2">
            {one ? (
              <Check aria-hidden="true" size={16} className="mt-px flex-none text-ok" />
            ) : (
              <Minus aria-hidden="true" size={16} className="mt-px flex-none text-ink-3" />
            )}
            <span className={one ? '' : 'text-ink-3'}>
              {t(`practice.${lesson.id}.d${nth + 1}`)}
              {!one && ` ${t('practice.leftOut')}`}
            </span>
          </li>
        ))}
      </ol>
      <Note tone="ok">{t(`practice.${lesson.id}.end`)}</Note>
      {!next && <p className="text-ink-2">{t('practice.all')}</p>}
    </Dialog>
  )
}
