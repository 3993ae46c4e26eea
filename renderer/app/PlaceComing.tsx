import { useLayoutEffect } from 'react'
import { placeComes } from './held-keys.ts'

/** Stands for a place that is still being read; draws nothing, since it is gone before anybody has looked. */
export function PlaceComing() {
  useLayoutEffect(() => placeComes(), [])
  return null
}
