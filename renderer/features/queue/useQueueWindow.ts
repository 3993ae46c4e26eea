/**
 * The rows of a question, read in chunks as they come into view. What was read stays on screen until newer rows are
 * there; a reply to an older question is thrown away.
 */
import { useCallback, useEffect, useRef, useState } from 'react'
import {
  QUEUE_CHUNK,
  type QueueGroup,
  type QueueQuery,
  type QueueRow,
} from '../../../electron/contract/core.contract.ts'
import type { DeskError } from '../../../electron/contract/errors.ts'
import { asDeskError, useTopics } from '../../app/data.ts'
import { core } from '../../host.ts'
import { firstRowsHere, readRows, takeFirstRows } from './first-rows.ts'

export interface QueueWindow {
  total: number
  groups: readonly QueueGroup[]
  /** False until the first answer. */
  ready: boolean
  error: DeskError | null
  row: (index: number) => QueueRow | undefined
  onRange: (first: number, last: number) => void
}

interface Held {
  key: string
  total: number
  groups: { by: 'due' | 'partner'; list: readonly QueueGroup[] } | null
  chunks: Map<number, readonly QueueRow[]>
  ready: boolean
  error: DeskError | null
}
const NONE: readonly QueueGroup[] = []
const EMPTY: Held = { key: '', total: 0, groups: null, chunks: new Map(), ready: false, error: null }

function heldAtFirst(key: string): Held {
  const here = firstRowsHere(key)
  return here ? { ...EMPTY, key, total: here.total, chunks: new Map([[0, here.rows]]), ready: true } : EMPTY
}

/** @param grouped what the rows are gathered under, if they are */
export function useQueueWindow(query: QueueQuery, grouped: 'due' | 'partner' | null): QueueWindow {
  const key = JSON.stringify(query)
  const [held, setHeld] = useState(() => heldAtFirst(key))
  const range = useRef<[number, number]>([0, 0])
  const asked = useRef(new Set<number>())
  const generation = useRef(0)
  const current = useRef({ query, key, grouped })
  current.current = { query, key, grouped }

  const fetchChunk = useCallback(async (chunk: number, fresh: boolean) => {
    const { query: ask, key: askKey } = current.current
    const mine = generation.current
    asked.current.add(chunk)
    try {
      const early = chunk === 0 ? takeFirstRows(askKey) : undefined
      const reply = await (early ?? readRows(ask, chunk))
      if (mine !== generation.current) return
      setHeld((old) => {
        const chunks = new Map(old.key === askKey ? old.chunks : [])
        if (fresh) for (const other of chunks.keys()) if (!asked.current.has(other)) chunks.delete(other)
        chunks.set(chunk, reply.rows)
        return { ...old, key: askKey, total: reply.total, chunks, ready: true, error: null }
      })
    } catch (error) {
      if (mine === generation.current)
        setHeld((old) => ({ ...old, key: askKey, ready: true, error: asDeskError(error) }))
    }
  }, [])

  const refresh = useCallback(
    (fresh: boolean) => {
      generation.current++
      asked.current = new Set()
      const mine = generation.current
      const [first, last] = fresh ? range.current : [0, 0]
      const from = Math.floor(first / QUEUE_CHUNK)
      for (let chunk = from; chunk <= Math.floor(last / QUEUE_CHUNK); chunk++) void fetchChunk(chunk, fresh)
      const { query: ask, grouped: by } = current.current
      if (!by) return
      void core('queue.groups', { query: ask, by })
        .then((list) => {
          if (mine === generation.current) setHeld((old) => ({ ...old, groups: { by, list } }))
        })
        // The chunk's own error is the one that is shown.
        .catch(() => {})
    },
    [fetchChunk],
  )

  useEffect(() => refresh(false), [key, grouped, refresh])
  useTopics(
    ['queue'],
    useCallback(() => refresh(true), [refresh]),
  )

  const onRange = useCallback(
    (first: number, last: number) => {
      range.current = [first, last]
      for (let chunk = Math.floor(first / QUEUE_CHUNK); chunk <= Math.floor(last / QUEUE_CHUNK); chunk++)
        if (!asked.current.has(chunk)) void fetchChunk(chunk, false)
    },
    [fetchChunk],
  )
  const row = useCallback(
    (index: number) => held.chunks.get(Math.floor(index / QUEUE_CHUNK))?.[index % QUEUE_CHUNK],
    [held.chunks],
  )
  // Groups of another kind are no answer to this question: a library is no day.
  const groups = held.groups !== null && held.groups.by === grouped ? held.groups.list : NONE
  return { total: held.total, groups, ready: held.ready, error: held.error, row, onRange }
}
