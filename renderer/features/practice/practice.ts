/** Beginning, leaving and ending a lesson. What is kept stands in the settings, so that tomorrow goes on with it. */
import { useEffect } from 'react'
import { create } from 'zustand'
import { OutboxState } from '../../../electron/contract/core/basics.ts'
import type { OutboxEntry, Practice } from '../../../electron/contract/core.contract.ts'
import { attempt } from '../../app/act.ts'
import { useCore } from '../../app/data.ts'
import { useHello } from '../../app/hooks.ts'
import { useRoute } from '../../app/routes.ts'
import { isSecond } from '../../app/second-window.ts'
import { openOverlay, useOverlay } from '../../app/windows.ts'
import { core } from '../../host.ts'
import { LESSONS, lessonOf, type Lesson, type LessonId, type Sight } from './lessons.ts'
import { progressOf, since, type Progress } from './progress.ts'

/** The lesson that was ended a moment ago, with what was done of it. */
export const useFinished = create<{ lesson: Lesson | null; done: readonly boolean[] }>(() => ({
  lesson: null,
  done: [],
}))

const ALL = { states: [...OutboxState.options] }
const NOTHING: readonly OutboxEntry[] = []
const keep = (practice: Practice) => attempt(() => core('settings.set', { practice }))

/** Begins a lesson, goes on with one that was left, or (`afresh`) does it once more. */
export async function begin(id: LessonId, practice: Practice, afresh: boolean): Promise<void> {
  const entries = (await attempt(() => core('outbox.list', ALL))) ?? NOTHING
  const known = afresh ? undefined : practice.begun[id]
  const begun = { ...practice.begun, [id]: known ?? { after: entries.at(-1)?.opId ?? null, seen: [] } }
  openOverlay(null)
  await keep({ ...practice, now: id, begun })
}

/** Puts the lesson away for now. */
export const leave = (practice: Practice): void => void keep({ ...practice, now: null })

/** The next lesson that was not done yet, looked for behind `after` first; undefined when all were. */
export function nextOf(done: readonly string[], after?: string): LessonId | undefined {
  const from = LESSONS.findIndex(({ id }) => id === after) + 1
  return [...LESSONS.slice(from), ...LESSONS].find(({ id }) => !done.includes(id))?.id
}

export interface Under {
  practice: Practice
  lesson: Lesson
  progress: Progress
}

/** The lesson under way and how far it is; keeps what was seen, and ends the lesson with its last step. */
export function usePractice(): Under | null {
  const hello = useHello().data
  const practice = hello?.rehearsal && hello.me ? hello.settings.practice : undefined
  const lesson = lessonOf(practice?.now ?? null)
  const begun = lesson && practice?.begun[lesson.id]
  const list = useCore('outbox.list', lesson ? ALL : null, ['outbox', 'queue']).data
  const entries = list && begun ? since(list, begun.after) : NOTHING
  const none = () => false
  const subject = lesson && begun ? progressOf(lesson, entries, none, begun.seen).subject : null
  const document = useCore('document.get', subject === null ? null : { requestId: subject }, ['document'], subject ?? undefined).data // prettier-ignore
  const made = Boolean(document?.document)
  const progress = lesson && begun && list ? progressOf(lesson, entries, () => made, begun.seen) : undefined

  const sight = useSight()
  const waited = lesson?.steps.some(({ waits }) => 'seen' in waits && waits.seen === sight)
  const fresh = sight !== null && waited && begun && !begun.seen.includes(sight)
  useEffect(() => {
    if (!fresh || !practice || !lesson || !begun) return
    const seen = [...begun.seen, sight]
    void keep({ ...practice, begun: { ...practice.begun, [lesson.id]: { ...begun, seen } } })
  }, [fresh, sight])

  const through = progress !== undefined && lesson !== undefined && progress.at >= lesson.steps.length
  const busy = useOverlay((state) => state.open !== null)
  useEffect(() => {
    // One window tells of the end, and not over what is being looked at.
    if (!through || busy || isSecond() || !practice) return
    const { [lesson.id]: _ended, ...others } = practice.begun
    useFinished.setState({ lesson, done: progress.done })
    openOverlay('practice')
    void keep({ now: null, begun: others, done: [...new Set([...practice.done, lesson.id])] })
  }, [through, busy])

  return practice && lesson && progress && !through ? { practice, lesson, progress } : null
}

/** What the window shows that no operation tells. */
function useSight(): Sight | null {
  const overlay = useOverlay((state) => state.open)
  const searched = useRoute((route) => route.search.trim().length >= 2)
  return overlay === 'palette' || overlay === 'help' ? overlay : searched ? 'search' : null
}
