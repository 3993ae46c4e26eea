/** The queue of this window: what is asked follows how it is looked at, and what is answered is kept beside it. */
import { useEffect } from 'react'
import { FIRST_QUERY } from '../../../electron/contract/core/queue.contract.ts'
import { asDeskError, hearTopics } from '../../app/data.ts'
import { useRoute } from '../../app/routes.ts'
import { core } from '../../host.ts'
import { groupingOf, queryOf } from './query.ts'
import { QueueReader, rowAt, type Publish } from './reader.ts'
import { useQueue, type Cursor } from './store.ts'

/** What changes within this time is read again once, ms. */
const TOGETHER_MS = 80
/** Rows that were asked for before the queue was drawn are out of date after this, ms: somebody took his time to sign in. */
const FRESH_MS = 3000

/** Rows and cursor change in one go. A new question begins at its first row; the same one keeps the request under the eye. */
const publish: Publish = (answer, found) =>
  useQueue.setState(({ cursor, answer: before }) => {
    const first = rowAt(answer, 0)
    const atFirst: Cursor | null = first ? { id: first.id, index: 0, brought: true } : null
    if (answer.key !== before.key || !cursor) return { answer, cursor: atFirst }
    if (!found || found.id !== cursor.id || found.at === cursor.index) return { answer }
    if (found.at >= 0) return { answer, cursor: { id: cursor.id, index: found.at } }
    // It was opened from elsewhere and never stood in this view: the panel goes on showing it.
    if (cursor.index < 0) return { answer }
    // It left this view: the next one takes its place under the eye.
    const index = Math.min(cursor.index, answer.total - 1)
    const there = rowAt(answer, index)
    return { answer, cursor: there ? { id: there.id, index } : atFirst }
  })

const reader = new QueueReader(FIRST_QUERY, (ask) => core('queue.window', ask), publish, asDeskError)

/** These rows are in view. */
export const showRows = (first: number, last: number): void => reader.show(first, last)

/** False while the rows shown are those of the question before. */
export const isAnswered = (): boolean => reader.answered

let readAt = 0
let changedUnseen = false
let unseen = () => {}

/** Asks for the rows that a queue shows first, together with everything else at the start. */
export function askFirstRows(): Promise<void> {
  readAt = Date.now()
  unseen = hearTopics((topic) => {
    changedUnseen ||= topic === 'queue' || topic === 'all'
  })
  askAsLookedAt()
  return new Promise((resolve) => {
    const done = useQueue.subscribe(({ answer }) => {
      if (answer.key === '') return
      done()
      resolve()
    })
  })
}

function askAsLookedAt(): void {
  const { view, sort, reversed, everywhere, partner, grouping } = useQueue.getState()
  const query = queryOf({ view, sort, reversed, everywhere, partner }, useRoute.getState().search)
  reader.ask(query, groupingOf(grouping, query))
}

const readAgain = () => reader.changed(useQueue.getState().cursor?.id ?? null)

/** While the queue is shown its question follows what is typed and chosen, without waiting for anything to be drawn. */
function follow(): () => void {
  unseen()
  const { answer } = useQueue.getState()
  // A desk that was locked or new has answered nothing yet.
  const nothing = answer.key !== '' && (answer.error !== null || answer.total === 0)
  if (nothing || changedUnseen || Date.now() - readAt > FRESH_MS) readAgain()
  askAsLookedAt()
  let timer: ReturnType<typeof setTimeout> | undefined
  const ends = [
    useQueue.subscribe(askAsLookedAt),
    useRoute.subscribe(({ search }, before) => {
      if (search === before.search) return
      useQueue.setState({ everywhere: false })
      askAsLookedAt()
    }),
    hearTopics((topic) => {
      if (topic !== 'queue' && topic !== 'all') return
      timer ??= setTimeout(() => {
        timer = undefined
        readAgain()
      }, TOGETHER_MS)
    }),
  ]
  return () => {
    for (const end of ends) end()
    clearTimeout(timer)
    // Whoever comes next, perhaps another person, reads what there is then.
    reader.forget()
  }
}

/** Keeps the queue's rows current while this component is shown. */
export function useReading(): void {
  useEffect(follow, [])
}
