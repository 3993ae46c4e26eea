/** Installing, from the note or from the settings: one at a time, and the whole window waits for it. */
import { create } from 'zustand'
import { tell } from '../../app/act.ts'
import { main } from '../../host.ts'

/** The version that is being installed, null while none is. */
export const useInstalling = create<{ version: string | null }>(() => ({ version: null }))

/** Ends with the desk itself when it goes well. */
export async function install(version: string): Promise<void> {
  if (useInstalling.getState().version) return
  useInstalling.setState({ version })
  try {
    await main('update.install', {})
  } catch (error) {
    tell(error)
    useInstalling.setState({ version: null })
  }
}
