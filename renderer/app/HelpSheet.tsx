import { ArrowRight, Image } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { found as foundIn, Guides, useGuides } from '../features/guide/Guides.tsx'
import { pictureUrl } from '../features/guide/pages.ts'
import { SYMPTOMS, type Symptom } from '../features/guide/symptoms.ts'
import { TASKS, type Task } from '../features/guide/tasks.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Field } from '../ui/Field.tsx'
import { fold, Highlight } from '../ui/Highlight.tsx'
import { Kbd } from '../ui/Kbd.tsx'
import { Note } from '../ui/Note.tsx'
import { Segments } from '../ui/Segments.tsx'
import { cx } from '../ui/cx.ts'
import { COMMAND_IDS, spec, type CommandId } from './commands.ts'
import { useHello } from './hooks.ts'
import { go } from './routes.ts'
import { openOverlay, useOverlay } from './windows.ts'

const PARTS = ['tasks', 'trouble', 'guides', 'keys'] as const
const GROUPS = ['queue', 'copy', 'tray', 'loan', 'courier', 'app', 'go'] as const

type Part = (typeof PARTS)[number]

/** Help: every task in its steps, what to do when something is wrong, the guides, every key; found by any word. */
export function HelpSheet() {
  const { t } = useTranslation()
  const open = useOverlay((state) => state.open) === 'help'
  return (
    <Dialog title={t('help.title')} open={open} onClose={() => openOverlay(null)} width="full">
      {open && <Help />}
    </Dialog>
  )
}

function Help() {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const topic = useOverlay((state) => state.topic)
  const [part, setPart] = useState<Part>(topic === null ? 'tasks' : 'trouble')
  const wanted = fold(text.trim())
  const keys = COMMAND_IDS.filter((id) => spec(id).keys && matches(`${t(`command.${id}`)} ${spec(id).keys}`, wanted))
  const tasks = TASKS.filter((task) => matches(textOf(task, t), wanted))
  // What help was called for stands first.
  const ordered = SYMPTOMS.toSorted((a, b) => Number(b.id === topic) - Number(a.id === topic))
  const trouble = ordered.filter(({ id }) => matches(`${t(`symptom.${id}.title`)} ${t(`symptom.${id}.do`)}`, wanted))
  const all = useGuides()
  const guides = foundIn(all, wanted.split(/\s+/))
  const inGuides = guides.reduce((sum, { sections }) => sum + sections.length, 0)
  const found = { tasks: tasks.length, trouble: trouble.length, guides: all ? inGuides : 1, keys: keys.length }
  // What is looked for is shown wherever it stands.
  const shown = found[part] > 0 ? part : (PARTS.find((one) => found[one] > 0) ?? part)
  return (
    <>
      <div className="flex flex-wrap items-end gap-3">
        <div className="min-w-60 flex-1">
          <Field label={t('help.search')} value={text} onChange={setText} autoFocus data-scan="text" />
        </div>
        <Segments
          label={t('help.title')}
          value={shown}
          options={PARTS.map((id) => ({ id, label: t(`help.${id}`), count: wanted ? found[id] : undefined }))}
          onChange={setPart}
        />
      </div>
      {found[shown] === 0 && <p className="text-ink-2">{t('help.nothing')}</p>}
      {shown === 'tasks' && <Tasks tasks={tasks} text={text} />}
      {shown === 'trouble' && <Trouble symptoms={trouble} text={text} topic={topic} />}
      {shown === 'guides' && <Guides guides={guides} query={text} />}
      {shown === 'keys' && <Keys ids={keys} text={text} />}
      <p className="text-ink-2">{t('help.scanner')}</p>
    </>
  )
}

const matches = (text: string, wanted: string) => wanted.split(/\s+/).every((word) => fold(text).includes(word))

function textOf(task: Task, t: (key: string) => string): string {
  const steps = task.steps.map((command, nth) => `${t(`guide.${task.id}.s${nth + 1}`)} ${command ? t(`command.${command}`) : ''}`) // prettier-ignore
  return [t(`guide.${task.id}.title`), t(`place.${task.place}`), ...steps].join(' ')
}

function Tasks({ tasks, text }: { tasks: readonly Task[]; text: string }) {
  const { t } = useTranslation()
  const { rehearsal } = useHello().data ?? {}
  return (
    <>
      {rehearsal && (
        <Note
          tone="plain"
          action={
            <Button size="small" onClick={() => openOverlay('practice')}>
              {t('start.steps')}
            </Button>
          }
        >
          {t('practice.about')}
        </Note>
      )}
      <TaskList tasks={tasks} text={text} />
    </>
  )
}

function TaskList({ tasks, text }: { tasks: readonly Task[]; text: string }) {
  return (
    <div className="columns-1 gap-8 min-[760px]:columns-2">
      {tasks.map((task) => (
        <TaskSteps key={task.id} task={task} text={text} />
      ))}
    </div>
  )
}

function TaskSteps({ task, text }: { task: Task; text: string }) {
  const { t, i18n } = useTranslation()
  const [open, setOpen] = useState(false)
  const title = t(`guide.${task.id}.title`)
  const picture = pictureUrl(`task-${task.id}.${i18n.language}.webp`)
  return (
    <section className="mb-5 break-inside-avoid">
      <Head title={title} text={text} to={task}>
        {picture && (
          <Button kind="quiet" size="small" icon={Image} aria-expanded={open} onClick={() => setOpen(!open)}>
            {t('help.picture')}
          </Button>
        )}
      </Head>
      <ol className="mt-1 grid gap-1">
        {task.steps.map((command, nth) => (
          <li key={nth} className="flex gap-2">
            <span className="w-3 flex-none text-ink-3">{nth + 1}</span>
            <span className="flex-1 text-ink-2">
              <Highlight text={t(`guide.${task.id}.s${nth + 1}`)} query={text} />
            </span>
            {command && spec(command).keys && (
              <span className="flex-none">
                <Kbd keys={spec(command).keys!} />
              </span>
            )}
          </li>
        ))}
      </ol>
      {open && picture && (
        <img src={picture} alt={title} className="mt-2 w-full rounded-md border border-line shadow-paper" />
      )}
    </section>
  )
}

function Trouble({ symptoms, text, topic }: { symptoms: readonly Symptom[]; text: string; topic: string | null }) {
  const { t } = useTranslation()
  return (
    <div className="columns-1 gap-8 min-[760px]:columns-2">
      {symptoms.map((symptom) => (
        <section
          key={symptom.id}
          data-symptom={symptom.id}
          className={cx(
            'mb-5 break-inside-avoid',
            symptom.id === topic && 'rounded-md border border-accent-line bg-accent-soft p-2.5',
          )}
        >
          <Head title={t(`symptom.${symptom.id}.title`)} text={text} to={symptom} />
          <p className="mt-1 text-ink-2">
            <Highlight text={t(`symptom.${symptom.id}.do`)} query={text} />
          </p>
        </section>
      ))}
    </div>
  )
}

/** What it is about, and the way there. */
function Head({
  title,
  text,
  to,
  children,
}: {
  title: string
  text: string
  to: Pick<Task, 'place' | 'part'>
  children?: ReactNode
}) {
  const { t } = useTranslation()
  return (
    <div className="flex items-center gap-2">
      <h3 className="flex-1 font-semibold">
        <Highlight text={title} query={text} />
      </h3>
      {children}
      <Button
        kind="quiet"
        size="small"
        icon={ArrowRight}
        onClick={() => {
          openOverlay(null)
          go(to.place, undefined, to.part)
        }}
      >
        {t('help.goThere')}
      </Button>
    </div>
  )
}

function Keys({ ids, text }: { ids: readonly CommandId[]; text: string }) {
  const { t } = useTranslation()
  return (
    <div className="columns-1 gap-8 min-[760px]:columns-2">
      {GROUPS.filter((group) => ids.some((id) => id.startsWith(`${group}.`))).map((group) => (
        <section key={group} className="mb-4 break-inside-avoid">
          <h3 className="lbl mb-1">{t(`commandGroup.${group}`)}</h3>
          <ul className="divide-y divide-line border-y border-line">
            {ids
              .filter((id) => id.startsWith(`${group}.`))
              .map((id) => (
                <li key={id} className="flex h-[30px] items-center justify-between gap-4">
                  <span className="ell">
                    <Highlight text={t(`command.${id}`)} query={text} />
                  </span>
                  <span className="flex gap-1">
                    <Kbd keys={spec(id).keys!} />
                    {spec(id).also?.map((keys) => (
                      <Kbd key={keys} keys={keys} />
                    ))}
                  </span>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
