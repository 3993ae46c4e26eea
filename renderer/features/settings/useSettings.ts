import type { Settings } from '../../../electron/contract/core.contract.ts'
import { attempt } from '../../app/act.ts'
import { useCore } from '../../app/data.ts'
import { core } from '../../host.ts'

/** The desk's settings and how to change some of them. */
export function useSettings() {
  const { data, reload } = useCore('settings.get', {}, ['settings'])
  const set = async (change: Partial<Settings>) => {
    if (await attempt(() => core('settings.set', change))) reload()
  }
  return { settings: data, set: (change: Partial<Settings>) => void set(change) }
}
