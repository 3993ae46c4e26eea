import { ArrowRight, Check, GraduationCap } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useCore } from '../../app/data.ts'
import { go, useRoute, type Place } from '../../app/routes.ts'
import { openOverlay, useOverlay } from '../../app/windows.ts'
import { Button } from '../../ui/Button.tsx'
import { cx } from '../../ui/cx.ts'
import { useQueue } from '../queue/store.ts'
import { useHighlight } from './highlight.ts'
import type { Step } from './lessons.ts'
import { leave, usePractice, type Under } from './practice.ts'

/** Places in which a request is what lies open. */
const OBJECTS: ReadonlySet<Place> = new Set(['queue', 'copy', 'loan'])

/** The lesson under way, one line above the work: which step, where, and the way out. */
export function PracticeStrip() {
  const under = usePractice()
  return under && <Line {...under} />
}

function Line({ practice, lesson, progress }: Under) {
  const { t } = useTranslation()
  const step = lesson.steps[progress.at]!
  const sample = useSample(step)
  const about = progress.subject ?? sample ?? ''
  const there = useThere(step)
  const chosen = useQueue((state) => state.cursor?.id)
  // In the queue the way leads to a request with which it can be done.
  const picks = step.place === 'queue' && about !== '' && chosen !== about
  const quiet = useOverlay((state) => state.open !== null)
  useHighlight(quiet ? '' : there ? step.press : wayTo(step))
  const needs = step.sample !== undefined && sample === null
  const text = needs
    ? t(`practice.${lesson.id}.none`)
    : t(`practice.${lesson.id}.s${progress.at + 1}`, { id: about, barcode: about.replace(/\D/g, '') })
  const title = t(`practice.${lesson.id}.title`)
  return (
    <section
      aria-label={t('practice.title')}
      data-practice={lesson.id}
      data-step={progress.at + 1}
      className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-accent-line bg-accent-soft px-3.5 py-1.5 text-accent"
    >
      <GraduationCap aria-hidden="true" size={16} className="flex-none" />
      <b className="flex-none font-semibold">{title}</b>
      <Dots done={progress.done} at={progress.at} />
      <span role="status" className="min-w-60 flex-1 text-ink">
        {text}
      </span>
      <span className="flex flex-none items-center gap-1.5">
        {step.place !== null && (!there || picks) && !needs && (
          <Button
            size="small"
            icon={ArrowRight}
            data-action="practice-go"
            onClick={() => go(step.place!, OBJECTS.has(step.place!) && about !== '' ? about : undefined, step.part)}
          >
            {t('practice.take')}
          </Button>
        )}
        <Button size="small" kind="quiet" onClick={() => openOverlay('practice')}>
          {t('practice.steps')}
        </Button>
        <Button size="small" kind="quiet" data-action="practice-leave" onClick={() => leave(practice)}>
          {t('practice.leave')}
        </Button>
      </span>
    </section>
  )
}

/** Done, now, to come: by shape, and in words for whoever hears them. */
export function Dots({ done, at }: { done: readonly boolean[]; at: number }) {
  const { t } = useTranslation()
  return (
    <span className="flex flex-none items-center gap-1.5">
      {done.map((one, nth) => (
        <span
          key={nth}
          aria-hidden="true"
          className={cx(
            'grid size-[15px] place-items-center rounded-full border',
            one
              ? 'border-accent bg-accent text-accent-ink'
              : nth === at
                ? 'border-2 border-accent'
                : 'border-accent-line',
          )}
        >
          {one && <Check size={10} strokeWidth={3} />}
        </span>
      ))}
      <span className="text-sm">{t('practice.stepOf', { n: Math.min(at + 1, done.length), total: done.length })}</span>
    </span>
  )
}

/** Whether the person is where the step is done. */
function useThere({ place, part }: Step): boolean {
  const here = useRoute((route) => route.place)
  const inPart = useRoute((route) => (place === null ? undefined : route.part[place]))
  const open = useRoute((route) => (place === null ? null : (route.open[place] ?? null)))
  if (place === null) return true
  // On the desks a request must be open.
  const needsOpen = place === 'copy' || place === 'loan'
  return here === place && (part === undefined || (inPart ?? 'pack') === part) && (!needsOpen || open !== null)
}

/** Where the way to a step begins. */
function wayTo({ place, part }: Step): string {
  const parts = part === undefined ? '' : `main [data-segment="${part}"]:not([data-selected])`
  return [place && `nav [data-place="${place}"]:not([aria-current])`, parts].filter(Boolean).join(', ')
}

/** A request the step can be done with: undefined while it is looked for, null where there is none. */
function useSample({ sample }: Step): string | null | undefined {
  const query = sample && { text: '', filter: sample, sort: 'due' as const, descending: false }
  const { data } = useCore('queue.window', query ? { query, offset: 0, limit: 1 } : null, ['queue'])
  return data && (data.rows[0]?.id ?? null)
}
